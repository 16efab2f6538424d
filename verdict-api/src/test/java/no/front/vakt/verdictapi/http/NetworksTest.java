package no.front.vakt.verdictapi.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import no.front.vakt.contract.IpAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.0, true",
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.77/24, 192.0.2.1, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "192.0.2.7/32, ::ffff:192.0.2.7, true",
    "::ffff:192.0.2.0/120, 192.0.2.9, true",
    "::ffff:192.0.2.0/120, 192.0.3.9, false",
    "0.0.0.0/0, 203.0.113.1, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8::1, 2001:DB8:0::1, true"
  })
  void containsExactlyItsAddresses(String network, String address, boolean contained) {
    assertThat(Networks.of(List.of(network)).contains(IpAddress.find(address).orElseThrow()))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/+8",
        "::/129",
        "::ffff:192.0.2.0/95",
        "office.example",
        "192.0.2",
        "192.0.2.0/24/24",
        "192.0.2.0/0008"
      })
  void isNobodyWhenItIsNoNetwork(String entry) {
    assertThat(Networks.isNetwork(entry)).isFalse();
    assertThat(Networks.of(List.of(entry)).contains(IpAddress.find("192.0.2.1").orElseThrow()))
        .isFalse();
  }
}
