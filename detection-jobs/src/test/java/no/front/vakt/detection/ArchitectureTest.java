package no.front.vakt.detection;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The arrows between contract, rules and the jobs, and between the rooms of the rules. */
@AnalyzeClasses(
    packages = "no.front.vakt",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule MODULES_LOOK_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("contract")
          .definedBy("no.front.vakt.contract..")
          .layer("rules")
          .definedBy("no.front.vakt.rules..")
          .layer("jobs")
          .definedBy("no.front.vakt.detection..")
          .whereLayer("rules")
          .mayOnlyBeAccessedByLayers("jobs")
          .whereLayer("jobs")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule ROOMS_OF_THE_RULES_LOOK_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("signal")
          .definedBy("no.front.vakt.rules.signal")
          .layer("message")
          .definedBy("no.front.vakt.rules.message")
          .layer("rule")
          .definedBy("no.front.vakt.rules.rule")
          .layer("policy")
          .definedBy("no.front.vakt.rules.policy")
          .layer("verdict")
          .definedBy("no.front.vakt.rules.verdict")
          .whereLayer("message")
          .mayOnlyBeAccessedByLayers("rule", "policy", "verdict")
          .whereLayer("rule")
          .mayOnlyBeAccessedByLayers("policy", "verdict")
          .whereLayer("policy")
          .mayOnlyBeAccessedByLayers("verdict")
          .whereLayer("verdict")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule ROOMS_OF_THE_JOBS_DO_NOT_GO_ROUND_IN_CIRCLES =
      slices().matching("no.front.vakt.detection.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_CONTRACT_NEEDS_ONLY_JSON_AND_ITS_CIPHER =
      classes()
          .that()
          .resideInAPackage("no.front.vakt.contract..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "no.front.vakt.contract..",
              "java..",
              "com.fasterxml.jackson..",
              "com.google.crypto.tink..",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule THE_JUDGE_KNOWS_NO_STREAM_AND_NO_BROKER =
      noClasses()
          .that()
          .resideInAnyPackage("no.front.vakt.contract..", "no.front.vakt.rules..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "org.springframework..");

  @ArchTest
  static final ArchRule THE_JUDGE_READS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAPackage("no.front.vakt.rules..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  /** The contract's builders for tests come as a jar of their own. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }
}
