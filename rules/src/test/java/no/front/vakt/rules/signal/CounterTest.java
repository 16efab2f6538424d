package no.front.vakt.rules.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterTest {
  private static List<Counter> all() {
    List<Counter> all = new ArrayList<>();
    for (Per per : Per.values()) {
      if (per == Per.PREFIX) {
        for (int digits = 1; digits <= 15; digits++) {
          all.add(new Counter(per, digits));
        }
      } else {
        all.add(Counter.per(per));
      }
    }
    return all;
  }

  @Test
  void everyCounterHasATableOfItsOwnAndNoneOfTheHouses() {
    assertThat(all())
        .extracting(Counter::number)
        .doesNotHaveDuplicates()
        .doesNotContain(Directory.IDENTITIES, Directory.BLOCKS)
        .allMatch(n -> n >= Directory.FIRST_COUNTER && n < Directory.MOST_TABLES);
    assertThat(Directory.IDENTITIES).isNotEqualTo(Directory.BLOCKS);
    assertThat(List.of(Directory.IDENTITIES, Directory.BLOCKS))
        .allMatch(n -> n > 0 && n < Directory.FIRST_COUNTER);
  }

  @ParameterizedTest
  @CsvSource({
    "CUSTOMER,0,16",
    "SENDER,0,32",
    "RECIPIENT,0,48",
    "COUNTRY,0,64",
    "PREFIX,1,81",
    "PREFIX,15,95",
    "URL_DOMAIN,0,96",
    "ORIGIN_IP,0,112"
  })
  void itsNumberInStateNeverChanges(Per per, int digits, int number) {
    assertThat(new Counter(per, digits).number()).isEqualTo(number);
  }
}
