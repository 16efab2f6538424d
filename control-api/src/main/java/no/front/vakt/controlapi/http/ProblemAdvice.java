package no.front.vakt.controlapi.http;

import no.front.vakt.contract.InvalidRecordException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The edge where whatever went wrong becomes a problem, and is logged once if it is ours. */
@RestControllerAdvice
public class ProblemAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<byte[]> refused(ProblemException e) {
    return Answers.problem(e.problem());
  }

  @ExceptionHandler
  ResponseEntity<byte[]> invalid(InvalidRecordException e) {
    return Answers.problem(Problem.of(ErrorCode.INVALID_FIELDS, e.problems()));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> unreadable(TypeMismatchException e) {
    return Answers.problem(Problem.of(ErrorCode.MALFORMED_REQUEST));
  }

  /** Whatever the database could not do is told as an outage: nothing else is expected of it. */
  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ResponseEntity<byte[]> database(RuntimeException e) {
    LOG.warn("The database did not do what was asked: {}", e.getClass().getSimpleName());
    LOG.debug("The database did not do what was asked", e);
    return Answers.problem(Problem.of(ErrorCode.DATABASE_UNAVAILABLE));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> anything(Exception e) {
    if (e instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
      ResponseEntity<byte[]> answer = Answers.problem(Problem.of(code(response)));
      if (e instanceof HttpRequestMethodNotSupportedException method
          && method.getSupportedMethods() != null) {
        return ResponseEntity.status(answer.getStatusCode())
            .headers(answer.getHeaders())
            .header(HttpHeaders.ALLOW, String.join(", ", method.getSupportedMethods()))
            .body(answer.getBody());
      }
      return answer;
    }
    LOG.error("A request failed on our side", e);
    return Answers.problem(Problem.of(ErrorCode.INTERNAL));
  }

  private static ErrorCode code(ErrorResponse response) {
    return switch (response.getStatusCode().value()) {
      case 404 -> ErrorCode.NOT_FOUND;
      case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
      case 406 -> ErrorCode.NOT_ACCEPTABLE;
      case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
      default -> ErrorCode.MALFORMED_REQUEST;
    };
  }
}
