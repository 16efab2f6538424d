package no.front.vakt.verdictapi.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceAddressesTest {
  private final SourceAddresses behindProxies =
      new SourceAddresses(List.of("10.0.0.0/8", "2001:db8:ffff::/48"));

  private String source(String peer, String... forwarded) {
    return behindProxies.of(peer, List.of(forwarded)).literal();
  }

  @Test
  void believesNobodyUnlessTheConnectionIsAProxys() {
    assertThat(source("203.0.113.9", "192.0.2.7")).isEqualTo("203.0.113.9");
    assertThat(new SourceAddresses(List.of()).of("10.0.0.1", List.of("192.0.2.7")).literal())
        .isEqualTo("10.0.0.1");
  }

  @Test
  void takesTheRightmostAddressThatIsNoProxy() {
    assertThat(source("10.0.0.1", "192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(source("10.0.0.1", "198.51.100.1, 192.0.2.7, 10.0.0.2")).isEqualTo("192.0.2.7");
    assertThat(source("10.0.0.1", "198.51.100.1", "192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(source("10.0.0.1", "10.0.0.3, 10.0.0.2")).isEqualTo("10.0.0.3");
  }

  @Test
  void readsAddressesAsProxiesWriteThem() {
    assertThat(source("10.0.0.1", "192.0.2.7:4711")).isEqualTo("192.0.2.7");
    assertThat(source("10.0.0.1", "[2001:db8::7]:4711")).isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(source("::ffff:10.0.0.1", "::ffff:192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(source("fe80:0:0:0:0:0:0:1%eth0")).isEqualTo("fe80:0:0:0:0:0:0:1");
  }

  @Test
  void isTheProxyWhenWhatItForwardsIsNoAddress() {
    assertThat(source("10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(source("10.0.0.1", "192.0.2.7, unknown")).isEqualTo("10.0.0.1");
    assertThat(source("10.0.0.1", "192.0.2.7, [::1")).isEqualTo("10.0.0.1");
  }
}
