package no.front.vakt.contract;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it is written in a policy: what every kind has in common, and its kind's own parameters
 * still unread. {@code rules} turns it into a judge's rule and knows what the parameters mean.
 */
public final class RuleSpec {
  private final String id;
  private final String kind;
  private final int version;
  private final RuleState state;
  private final @Nullable Action action;
  private final int share;
  private final boolean locked;
  private final @Nullable Map<String, JsonNode> bounds;
  private final Map<String, JsonNode> parameters = new TreeMap<>();

  /** Absent: version 1, state live, share 100, not locked. */
  @JsonCreator
  public RuleSpec(
      @JsonProperty("id") String id,
      @JsonProperty("kind") String kind,
      @JsonProperty("version") @Nullable Integer version,
      @JsonProperty("state") @Nullable RuleState state,
      @JsonProperty("action") @Nullable Action action,
      @JsonProperty("share") @Nullable Integer share,
      @JsonProperty("locked") @Nullable Boolean locked,
      @JsonProperty("bounds") @Nullable Map<String, JsonNode> bounds) {
    this.id = id == null ? "" : id;
    this.kind = kind == null ? "" : kind;
    this.version = version == null ? 1 : version;
    this.state = state == null ? RuleState.LIVE : state;
    this.action = action;
    this.share = share == null ? 100 : share;
    this.locked = locked != null && locked;
    this.bounds = bounds == null ? null : new TreeMap<>(bounds);
  }

  @JsonAnySetter
  void setParameter(String name, JsonNode value) {
    parameters.put(name, value);
  }

  /** Stable id; a customer's rule with an inherited id replaces it. */
  @JsonProperty("id")
  public String id() {
    return id;
  }

  /** The kind's wire name, as in {@code volume-limit}. */
  @JsonProperty("kind")
  public String kind() {
    return kind;
  }

  /** Version of this rule. */
  @JsonProperty("version")
  public int version() {
    return version;
  }

  /** Where it is in its life. */
  @JsonProperty("state")
  public RuleState state() {
    return state;
  }

  /** What to do when it is broken; required for a rule that is not retired. */
  @JsonProperty("action")
  public @Nullable Action action() {
    return action;
  }

  /** Stable share of customers it applies to, 0 to 100 percent. */
  @JsonProperty("share")
  public int share() {
    return share;
  }

  /** On the default policy: no customer may replace it. */
  @JsonProperty("locked")
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public boolean locked() {
    return locked;
  }

  /** On the default policy: what a customer's replacement must stay within, by parameter. */
  @JsonProperty("bounds")
  public @Nullable Map<String, JsonNode> bounds() {
    return bounds;
  }

  /** The kind's own parameters, unread, by name. */
  @JsonAnyGetter
  public Map<String, JsonNode> parameters() {
    return parameters;
  }

  /** A parameter, or null. */
  @JsonIgnore
  public @Nullable JsonNode parameter(String name) {
    return parameters.get(name);
  }

  @Override
  public String toString() {
    return "RuleSpec[" + id + " " + kind + " v" + version + " " + state + "]";
  }
}
