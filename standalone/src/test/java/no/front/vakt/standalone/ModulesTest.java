package no.front.vakt.standalone;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules, as the picture in docs/ARCHITECTURE.md has them. */
@AnalyzeClasses(
    packages = "no.front.vakt",
    importOptions = {ImportOption.DoNotIncludeTests.class, ModulesTest.NoTestJars.class})
class ModulesTest {
  @ArchTest
  static final ArchRule NO_OTHER_TWO_MEET =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("contract")
          .definedBy("no.front.vakt.contract..")
          .layer("rules")
          .definedBy("no.front.vakt.rules..")
          .layer("jobs")
          .definedBy("no.front.vakt.detection..")
          .layer("verdict-api")
          .definedBy("no.front.vakt.verdictapi..")
          .layer("control-api")
          .definedBy("no.front.vakt.controlapi..")
          .layer("alerting")
          .definedBy("no.front.vakt.alerting..")
          .layer("test-data")
          .definedBy("no.front.vakt.testdata..")
          .layer("standalone")
          .definedBy("no.front.vakt.standalone..")
          .whereLayer("standalone")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("jobs")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("verdict-api")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("control-api")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("alerting")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("test-data")
          .mayOnlyBeAccessedByLayers("standalone")
          .whereLayer("rules")
          .mayOnlyBeAccessedByLayers("jobs", "control-api", "standalone");

  @ArchTest
  static final ArchRule ROOMS_OF_THE_DOOR_DO_NOT_GO_ROUND_IN_CIRCLES =
      slices().matching("no.front.vakt.verdictapi.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ROOMS_OF_THE_CONTROL_API_DO_NOT_GO_ROUND_IN_CIRCLES =
      slices().matching("no.front.vakt.controlapi.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ROOMS_OF_ALERTING_DO_NOT_GO_ROUND_IN_CIRCLES =
      slices().matching("no.front.vakt.alerting.(*)..").should().beFreeOfCycles();

  /** The contract's builders for tests come as a jar of their own. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar") && !location.contains("test-classes");
    }
  }
}
