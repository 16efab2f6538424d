package no.front.vakt.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import no.front.vakt.contract.RuleSpec;
import no.front.vakt.contract.WireJson;
import org.junit.jupiter.api.Test;

class RuleKindTest {
  @Test
  void listsEveryKindUnderItsWireName() {
    assertThat(RuleKind.catalogue())
        .containsOnlyKeys("country-policy", "url-whitelist", "volume-limit");
    RuleKind.catalogue().forEach((name, kind) -> assertThat(kind.wireName()).isEqualTo(name));
    assertThat(RuleKind.find("moon-phase")).isEmpty();
  }

  @Test
  void listsThemAllWhicheverClassIsTouchedFirst() throws Exception {
    for (Class<?> first : Rule.class.getPermittedSubclasses()) {
      try (URLClassLoader fresh = freshClasses()) {
        Class.forName(first.getName(), true, fresh);
        Object catalogue =
            Class.forName(RuleKind.class.getName(), true, fresh)
                .getMethod("catalogue")
                .invoke(null);
        assertThat((Map<?, ?>) catalogue).as("after " + first.getSimpleName()).hasSize(3);
      }
    }
  }

  @Test
  void namesTheParametersItsKindDoesNotKnow() {
    RuleSpec spec =
        WireJson.read(
            """
            {"id": "a", "kind": "volume-limit", "action": "HOLD", "per": "prefix",
             "limit": 1, "windowSeconds": 60, "prefixDigits": 6, "unit": "segment",
             "windowSecond": 60}
            """,
            RuleSpec.class);

    assertThat(RuleKind.find("volume-limit").orElseThrow().unknownParameters(spec))
        .containsExactly("windowSecond");
  }

  /** The classes of this module again, as a process sees them that has just started. */
  private static URLClassLoader freshClasses() {
    URL rules = RuleKind.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {rules}, RuleKind.class.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("no.front.vakt.rules.")) {
          return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
          Class<?> loaded = findLoadedClass(name);
          return loaded == null ? findClass(name) : loaded;
        }
      }
    };
  }
}
