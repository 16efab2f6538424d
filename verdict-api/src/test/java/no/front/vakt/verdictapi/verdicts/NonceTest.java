package no.front.vakt.verdictapi.verdicts;

import static no.front.vakt.verdictapi.Caller.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.Headers;
import no.front.vakt.contract.KeyRing;
import no.front.vakt.contract.MessageIdentity;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Submission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.WireJson;
import no.front.vakt.verdictapi.Caller;
import no.front.vakt.verdictapi.FakeJudge;
import no.front.vakt.verdictapi.RunningDoor;
import no.front.vakt.verdictapi.load.Admission;
import no.front.vakt.verdictapi.load.CustomerAllowance;
import no.front.vakt.verdictapi.load.LoadSettings;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer settles the caller who asked that very question, and nobody else. */
class NonceTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final MessageIdentity IDENTITY = new MessageIdentity("acme", "same-id");

  /** What went to the log, in order, and the acknowledgements that are still to be given. */
  private final List<Long> nonces = new ArrayList<>();

  private final Deque<CompletableFuture<Void>> acknowledgements = new ArrayDeque<>();

  private VerdictDesk desk() {
    LoadSettings load = new LoadSettings(1_000, 1_000, 1_000, 250);
    return new VerdictDesk(
        (submission, nonce) -> {
          CompletableFuture<Void> acknowledged = new CompletableFuture<>();
          nonces.add(nonce);
          acknowledgements.add(acknowledged);
          return acknowledged;
        },
        KeyRing.generate().hashing(),
        new CustomerAllowance(load),
        new Admission(load),
        new VerdictSettings(400, 10, 1, 1));
  }

  private static Submission saying(String text) {
    return new Submission(
        "acme", "same-id", NOON, "Klubben", "+4799999901", text, null, null, null, null);
  }

  private static Verdict verdict(Outcome outcome) {
    return new Verdict("acme", "same-id", outcome, 0, NOON, 1, 1, "data", List.of());
  }

  private CompletableFuture<Reply> acknowledged(VerdictDesk desk, String text) {
    CompletableFuture<Reply> reply = desk.submit(saying(text), PATIENCE);
    acknowledgements.remove().complete(null);
    return reply;
  }

  @Test
  void neverTellsTheCallerOfYTheVerdictOfXWhoseAcknowledgementWasLost() {
    try (VerdictDesk desk = desk()) {
      CompletableFuture<Reply> x = desk.submit(saying("X"), PATIENCE);
      acknowledgements.remove().completeExceptionally(new IllegalStateException("lost"));
      assertThat(x.join()).isInstanceOf(Reply.Refused.class);
      CompletableFuture<Reply> y = acknowledged(desk, "Y");

      desk.answered(new Answer(IDENTITY, verdict(Outcome.ALLOW), null, nonces.get(0)));

      assertThat(y).isNotDone();
      desk.answered(new Answer(IDENTITY, null, Answer.ID_REUSED, nonces.get(1)));
      assertThat(y.join()).isInstanceOf(Reply.Refused.class);
      assertThat(((Reply.Refused) y.join()).problem().code().code()).isEqualTo("id-reused");
      assertThat(desk.find(IDENTITY).orElseThrow().verdict()).isNotNull();
    }
  }

  @Test
  void remembersWhatNobodyAskedWithoutKnowingWhatItWasAbout() {
    try (VerdictDesk desk = desk()) {
      desk.answered(new Answer(IDENTITY, verdict(Outcome.BLOCK), null, 7L));

      assertThat(acknowledged(desk, "Y")).as("a repeat is the judge's to tell").isNotDone();
      assertThat(nonces).hasSize(1);
    }
  }

  @Test
  void settlesNobodyWithAnAnswerToNoRecord() {
    try (VerdictDesk desk = desk()) {
      CompletableFuture<Reply> reply = acknowledged(desk, "Y");

      desk.answered(new Answer(IDENTITY, verdict(Outcome.BLOCK), null, null));
      assertThat(reply).isNotDone();

      desk.answered(new Answer(IDENTITY, verdict(Outcome.BLOCK), null, nonces.get(0)));
      assertThat(reply.join()).isInstanceOf(Reply.Judged.class);
    }
  }

  @Test
  void countsFromAnywhereUpAndNeverReachesTwoToTheFiftyThird() {
    Nonces late = new Nonces(Nonces.LIMIT - 1);

    assertThat(late.next()).isEqualTo(Nonces.LIMIT - 1);
    assertThat(late.next()).isOne();
    assertThat(new Nonces().next()).isBetween(1L, Nonces.LIMIT - 1).isNotEqualTo(1L);
  }

  @Test
  void holdsAcrossARestartOfTheDoor(@TempDir Path directory) throws Exception {
    Set<String> judged = new HashSet<>();
    // Knows an id, as the judge does: what comes second under one is refused here.
    try (RunningDoor door =
        new RunningDoor(
            directory,
            Map.of(),
            submission -> {
              Answer answer = FakeJudge.byId(submission);
              return judged.add(submission.messageId())
                  ? answer
                  : new Answer(answer.identity(), null, Answer.ID_REUSED, null);
            })) {
      door.judge().silent(true);
      door.gateway().post("/v1/verdicts?deadlineMillis=0", message("acme", "hold-x"));
      door.reopen();
      Map<String, Object> other = message("acme", "hold-x");
      other.put("text", "Noe helt annet");
      CompletableFuture<Caller.Answered> y = door.gateway().postAsync(other);
      await().until(() -> door.judge().timesSeen("hold-x") == 2);

      door.judge().silent(false);

      assertThat(y.join().status()).isEqualTo(409);
      assertThat(nonce(door, 0)).isNotEqualTo(nonce(door, 1));
    }
  }

  private static long nonce(RunningDoor door, int record) {
    byte[] nonce = door.judge().seen().get(record).headers().lastHeader(Headers.NONCE).value();
    return ByteBuffer.wrap(nonce).getLong();
  }

  @Test
  void holdsForARecordOfUnknownOrigin(@TempDir Path directory) throws Exception {
    Set<String> judged = new HashSet<>();
    try (RunningDoor door =
            new RunningDoor(
                directory,
                Map.of(),
                submission -> {
                  Answer answer = FakeJudge.byId(submission);
                  return judged.add(submission.messageId())
                      ? answer
                      : new Answer(answer.identity(), null, Answer.ID_REUSED, null);
                });
        Producer<byte[], byte[]> producer = FakeJudge.producer(door.broker().clientProperties())) {
      door.judge().silent(true);
      Submission x =
          new Submission(
              "acme", "hold-z", NOON, "Klubben", "+4799999901", "X", null, null, null, null);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              Topics.SMS_SUBMITTED.topicName(),
              "acme".getBytes(StandardCharsets.UTF_8),
              WireJson.bytes(SealedSubmission.seal(x, door.fixture().keys().sealing())));
      record.headers().add(Headers.REPLY_PARTITION, new byte[] {'0'});
      producer.send(record).get();

      CompletableFuture<Caller.Answered> y = door.gateway().postAsync(message("acme", "hold-z"));
      await().until(() -> door.judge().timesSeen("hold-z") == 2);
      door.judge().silent(false);

      assertThat(y.join().status()).isEqualTo(409);
    }
  }
}
