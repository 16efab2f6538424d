package no.front.vakt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @Test
  void writesItsLiteralInOneWayOnly() {
    assertThat(IpAddress.find("::ffff:192.0.2.7").orElseThrow().literal()).isEqualTo("192.0.2.7");
    assertThat(IpAddress.find("2001:DB8::0:1").orElseThrow().literal())
        .isEqualTo("2001:db8:0:0:0:0:0:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.x",
        "localhost",
        "abc",
        "fe80::1%eth0",
        "[::1]",
        "1.2.3.4/32",
        " 1.2.3.4",
        "0001.2.3.4",
        "::g"
      })
  void refusesWhatIsNoLiteral(String text) {
    assertThat(IpAddress.find(text)).isEmpty();
  }

  @Test
  void countsIpv6BySubscriberBlock() {
    String one = IpAddress.find("2001:db8:1:2::1").orElseThrow().subscriberBlock();
    String sameBlock = IpAddress.find("2001:DB8:1:2:ffff::9").orElseThrow().subscriberBlock();
    String next = IpAddress.find("2001:db8:1:3::1").orElseThrow().subscriberBlock();
    assertThat(one).isEqualTo(sameBlock).isNotEqualTo(next);
  }

  @Test
  void takesMappedAddressesAsIpv4() {
    assertThat(IpAddress.find("::ffff:192.0.2.7").orElseThrow().subscriberBlock())
        .isEqualTo("192.0.2.7");
  }
}
