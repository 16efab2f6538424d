package no.front.vakt.verdictapi.frontapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import no.front.vakt.contract.Action;
import no.front.vakt.contract.Answer;
import no.front.vakt.contract.Finding;
import no.front.vakt.contract.Outcome;
import no.front.vakt.contract.RepeatWording;
import no.front.vakt.contract.SealedSubmission;
import no.front.vakt.contract.Topics;
import no.front.vakt.contract.Verdict;
import no.front.vakt.contract.Wording;
import no.front.vakt.verdictapi.RawCaller;
import no.front.vakt.verdictapi.RunningDoor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A door that was restarted, before a judge that answers repeats as the real one does. */
class PushRestartTest {
  @TempDir Path directory;
  private final Set<String> judged = ConcurrentHashMap.newKeySet();

  private Answer judge(SealedSubmission submission) {
    boolean isFirst = judged.add(submission.messageId());
    Finding finding =
        isFirst
            ? new Finding(
                "land",
                1,
                "country-policy",
                Action.BLOCK,
                false,
                null,
                null,
                null,
                Map.of(),
                new Wording("Ikke dit.", "Not there."))
            : new Finding(
                "repeat",
                1,
                "repeat",
                Action.OBSERVE,
                false,
                null,
                null,
                null,
                Map.of(),
                RepeatWording.TEXT);
    Verdict verdict =
        new Verdict(
            submission.customerId(),
            submission.messageId(),
            Outcome.BLOCK,
            0,
            submission.submittedAt(),
            1,
            1,
            "data",
            List.of(finding));
    return new Answer(verdict.identity(), verdict, null, null);
  }

  @Test
  void tellsARetryAfterARestartWhatItToldTheFirst() throws Exception {
    try (RunningDoor door = new RunningDoor(directory, Map.of(), this::judge)) {
      door.broker()
          .put(
              Topics.VAKT_POLICIES,
              "4711",
              "{\"customerId\":\"4711\",\"version\":1,\"access\":{\"networks\":[\"127.0.0.0/8\"]}}");
      String call = "serviceid=4711&fromid=Klubben&phoneno=99999901&txt=x";
      String told = "ErrorCode=21, ID=Number blacklisted: Ikke dit.";
      await().until(() -> client(door).get(call).endsWith(told));

      door.reopen();

      assertThat(client(door).get(call)).endsWith(told);
      assertThat(door.judge().seen()).hasSizeGreaterThan(1);
    }
  }

  private static RawCaller client(RunningDoor door) throws Exception {
    return new RawCaller(door.port(), door.fixture().authority().client(null));
  }
}
