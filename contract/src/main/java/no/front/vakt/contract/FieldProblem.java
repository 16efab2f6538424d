package no.front.vakt.contract;

/**
 * One thing wrong with one field of an input, fit to be shown to whoever sent it.
 *
 * @param field path of the field, as in {@code rules[2].limit}; empty for the record as a whole
 * @param reason what is wrong and what is wanted; never quotes personal data
 */
public record FieldProblem(String field, String reason) {
  @Override
  public String toString() {
    return field.isEmpty() ? reason : field + ": " + reason;
  }
}
