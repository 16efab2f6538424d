-- The rule book: who has policies, every version ever, and what still has to reach the log.

CREATE TABLE customer (
  customer_id  text COLLATE "C" PRIMARY KEY CHECK (customer_id <> ''),
  -- Highest version ever used here or seen on the topic; the next one is above it.
  last_version bigint NOT NULL DEFAULT 0,
  created_at   timestamptz NOT NULL
);

CREATE TABLE policy_version (
  customer_id      text COLLATE "C" NOT NULL REFERENCES customer,
  version          bigint NOT NULL CHECK (version >= 0),
  -- JSON as published, but for version and effectiveFrom; contacts are sealed.
  content          text NOT NULL,
  removed          boolean NOT NULL,
  author           text NOT NULL,
  reason           text,
  created_at       timestamptz NOT NULL,
  rolled_back_from bigint,
  -- The version whose content is published again here, since that one's publication failed.
  again_of         bigint,
  -- The instant somebody asked it to come into force at; absent: as soon as it can.
  wanted_from      timestamptz,
  effective_from   timestamptz,
  published_at     timestamptz,
  fate             text NOT NULL CHECK (fate IN ('waiting', 'published', 'burnt')),
  PRIMARY KEY (customer_id, version)
);

CREATE TABLE outbox (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id   text COLLATE "C" NOT NULL,
  version       bigint NOT NULL,
  state         text NOT NULL CHECK (state IN ('waiting', 'sending')),
  sending_since timestamptz,
  UNIQUE (customer_id, version),
  FOREIGN KEY (customer_id, version) REFERENCES policy_version
);

-- One row once the topic has been read into this database for the first time.
CREATE TABLE topic_history (
  only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  imported_at timestamptz NOT NULL
);

CREATE FUNCTION keep_policy_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'a version of a policy is never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.customer_id, NEW.version, NEW.content, NEW.removed, NEW.author, NEW.reason, NEW.created_at,
      NEW.rolled_back_from, NEW.again_of, NEW.wanted_from)
    IS DISTINCT FROM
     (OLD.customer_id, OLD.version, OLD.content, OLD.removed, OLD.author, OLD.reason, OLD.created_at,
      OLD.rolled_back_from, OLD.again_of, OLD.wanted_from)
    OR OLD.fate = 'published' THEN
    RAISE EXCEPTION 'a version of a policy is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_policy_version BEFORE UPDATE OR DELETE ON policy_version
  FOR EACH ROW EXECUTE FUNCTION keep_policy_version();
CREATE TRIGGER keep_policy_versions BEFORE TRUNCATE ON policy_version
  FOR EACH STATEMENT EXECUTE FUNCTION keep_policy_version();

CREATE FUNCTION tell_publisher() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('vakt_control_outbox', '');
  RETURN NULL;
END $$;

CREATE TRIGGER tell_publisher AFTER INSERT ON outbox
  FOR EACH STATEMENT EXECUTE FUNCTION tell_publisher();
