-- What keys and job runs say becomes a message (code and parameters as JSON). Sentences of ours whose parameters can be recovered
-- exactly get their code; all others are kept word for word as legacy_text.
CREATE TABLE "old_sentences" ("sentence" TEXT NOT NULL PRIMARY KEY, "message" TEXT);

INSERT INTO "old_sentences" ("sentence")
  SELECT "last_sync_error" FROM "api_keys" WHERE "last_sync_error" IS NOT NULL
  UNION SELECT "status_message" FROM "api_keys" WHERE "status_message" IS NOT NULL
  UNION SELECT "error" FROM "job_runs" WHERE "error" IS NOT NULL
  -- Sentences within a sentence.
  UNION SELECT substr("last_sync_error", 10) FROM "api_keys" WHERE "last_sync_error" GLOB 'Credits: ?*'
  UNION SELECT substr("status_message", 18, length("status_message") - 44) FROM "api_keys"
    WHERE "status_message" GLOB 'Not checked yet: ?* The next sync tries again.';

UPDATE "old_sentences" SET "message" = CASE "sentence"
  WHEN 'OpenRouter does not accept this key.'
    THEN '{"code":"openrouter_key_rejected","params":{}}'
  WHEN 'OpenRouter does not allow this key to ask that.'
    THEN '{"code":"openrouter_forbidden","params":{}}'
  WHEN 'OpenRouter does not know it.'
    THEN '{"code":"openrouter_not_found","params":{}}'
  WHEN 'OpenRouter asks us to slow down.'
    THEN '{"code":"openrouter_rate_limited","params":{}}'
  WHEN 'OpenRouter took too long.'
    THEN '{"code":"openrouter_request_timeout","params":{}}'
  WHEN 'OpenRouter cannot be reached.'
    THEN '{"code":"openrouter_unreachable","params":{}}'
  WHEN 'OpenRouter cannot be reached: the proxy does not answer; check HTTPS_PROXY and HTTP_PROXY.'
    THEN '{"code":"openrouter_proxy_no_response","params":{}}'
  WHEN 'OpenRouter''s answer is larger than such an answer can be.'
    THEN '{"code":"openrouter_response_too_large","params":{}}'
  WHEN 'OpenRouter''s answer could not be read.'
    THEN '{"code":"openrouter_unreadable","params":{}}'
  WHEN 'OpenRouter''s list does not end.'
    THEN '{"code":"openrouter_endless_list","params":{}}'
  WHEN 'OpenRouter''s list of keys does not end.'
    THEN '{"code":"openrouter_endless_list","params":{}}'
  WHEN 'OpenRouter''s counters contradict each other (an amount is negative or too large, or a day has more than all time); they were not used.'
    THEN '{"code":"openrouter_counters_contradict","params":{}}'
  WHEN 'OpenRouter''s analytics warned that its answer may be incomplete.'
    THEN '{"code":"openrouter_analytics_incomplete","params":{}}'
  WHEN 'OpenRouter''s analytics gave no complete total.'
    THEN '{"code":"openrouter_analytics_no_total","params":{}}'
  WHEN 'OpenRouter''s analytics has more rows than can be read.'
    THEN '{"code":"openrouter_too_many_rows","params":{}}'
  WHEN 'OpenRouter''s /activity answers for the whole account and not for this key; it was not used.'
    THEN '{"code":"openrouter_activity_of_account","params":{}}'
  WHEN 'OpenRouter no longer has this key; its history is kept.'
    THEN '{"code":"openrouter_key_deleted","params":{}}'
  WHEN 'The server was stopped before OpenRouter had answered.'
    THEN '{"code":"sync_interrupted","params":{}}'
  WHEN 'The sync failed inside orwatch, which the server''s log explains; the next sync tries again.'
    THEN '{"code":"sync_failed","params":{}}'
  WHEN 'This key cannot be decrypted: ENCRYPTION_KEY is not the one it was stored under. Have that set again, or add the key once more: its history stays.'
    THEN '{"code":"key_undecryptable","params":{}}'
  WHEN 'The server''s disk is full, so nothing was changed. Reading goes on; who runs the server has to make room.'
    THEN '{"code":"disk_full","params":{}}'
  WHEN 'The server''s disk cannot be written to, so nothing was changed. Reading goes on; who runs the server has to look at it.'
    THEN '{"code":"disk_not_writable","params":{}}'
  WHEN 'The server''s disk cannot be read, so this cannot be answered; who runs the server has to look at it.'
    THEN '{"code":"disk_not_readable","params":{}}'
  WHEN 'The server''s database is damaged; who runs the server has to restore the newest copy of it. Other pages may still work.'
    THEN '{"code":"database_damaged","params":{}}'
  WHEN 'The server stopped while it ran; the next start makes it up.'
    THEN '{"code":"job_interrupted","params":{}}'
  WHEN 'The server stopped while it ran; the next run takes over.'
    THEN '{"code":"job_interrupted","params":{}}'
  WHEN 'It broke; the server''s log says why. The next run tries again.'
    THEN '{"code":"job_failed","params":{}}'
  WHEN 'There is no database at The database.'
    THEN '{"code":"backup_database_missing","params":{}}'
  WHEN 'BACKUP_DIR cannot be written to; give the server''s user the right to, or choose another folder.'
    THEN '{"code":"backup_folder_not_writable","params":{"folder":"BACKUP_DIR"}}'
END;

-- Sentences with parameters, found by what surrounds them.
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_server_error', 'params', json_object('status', CAST(substr("sentence", 43, length("sentence") - 44) AS INTEGER)))
  WHERE "sentence" GLOB 'OpenRouter has a fault of its own (status [0-9][0-9][0-9]).';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_unexpected_status', 'params', json_object('status', CAST(substr("sentence", 33, length("sentence") - 33) AS INTEGER)))
  WHERE "sentence" GLOB 'OpenRouter answered with status [0-9][0-9][0-9].';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_proxy_status', 'params', json_object('status', CAST(substr("sentence", 62, length("sentence") - 96) AS INTEGER)))
  WHERE "sentence" GLOB 'OpenRouter cannot be reached: the proxy answered with status [0-9][0-9][0-9]; check HTTPS_PROXY and HTTP_PROXY.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_web_page', 'params', json_object('status', CAST(substr("sentence", 66, length("sentence") - 133) AS INTEGER)))
  WHERE "sentence" GLOB 'A web page came instead of an answer of OpenRouter''s API (status [0-9][0-9][0-9]); the administrator of this server should check OPENROUTER_API_URL.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_no_response', 'params', json_object('seconds', CAST(substr("sentence", 31, length("sentence") - 33) AS INTEGER)))
  WHERE "sentence" GLOB 'OpenRouter did not answer for [0-9] s.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_no_response', 'params', json_object('seconds', CAST(substr("sentence", 31, length("sentence") - 33) AS INTEGER)))
  WHERE "sentence" GLOB 'OpenRouter did not answer for [0-9][0-9] s.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_no_response', 'params', json_object('seconds', CAST(substr("sentence", 31, length("sentence") - 33) AS INTEGER)))
  WHERE "sentence" GLOB 'OpenRouter did not answer for [0-9][0-9][0-9] s.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_usage_too_large', 'params', json_object('day', substr("sentence", 29, 10)))
  WHERE "sentence" GLOB 'OpenRouter''s usage data for [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] is larger than a key can use in a day.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_analytics_too_large', 'params', json_object('day', substr("sentence", 42, 10)))
  WHERE "sentence" GLOB 'OpenRouter''s analytics cannot answer for [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] in full.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_wrong_range', 'params',
    json_object('answered', substr("sentence", 25, 10), 'from', substr("sentence", 51, 10), 'through', substr("sentence", 65, 10)))
  WHERE "sentence" GLOB 'OpenRouter answered for [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] when asked for [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] to [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]; nothing was changed.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_fields_missing', 'params',
    json_object('fields', substr("sentence", 17, length("sentence") - 39)))
  WHERE "sentence" GLOB 'OpenRouter left ?* out of its usage data.';
-- Three days may stand for more of them.
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_totals_disagree', 'params',
    json_object('days', json_array(substr("sentence", 45, 10)), 'more', 0))
  WHERE "sentence" GLOB 'OpenRouter''s totals and models disagree for [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]; those days keep what they had.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_totals_disagree', 'params',
    json_object('days', json_array(substr("sentence", 45, 10), substr("sentence", 57, 10)), 'more', 0))
  WHERE "sentence" GLOB 'OpenRouter''s totals and models disagree for [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9], [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]; those days keep what they had.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_wrong_date', 'params',
    json_object('amount', CAST(substr("sentence", 30) AS INTEGER), 'unit', 'minute', 'direction', 'ahead'))
  WHERE "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* minute ahead; no usage was taken from it.' OR "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* minutes ahead; no usage was taken from it.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_wrong_date', 'params',
    json_object('amount', CAST(substr("sentence", 30) AS INTEGER), 'unit', 'minute', 'direction', 'behind'))
  WHERE "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* minute back; no usage was taken from it.' OR "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* minutes back; no usage was taken from it.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_wrong_date', 'params',
    json_object('amount', CAST(substr("sentence", 30) AS INTEGER), 'unit', 'hour', 'direction', 'ahead'))
  WHERE "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* hour ahead; no usage was taken from it.' OR "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* hours ahead; no usage was taken from it.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_wrong_date', 'params',
    json_object('amount', CAST(substr("sentence", 30) AS INTEGER), 'unit', 'hour', 'direction', 'behind'))
  WHERE "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* hour back; no usage was taken from it.' OR "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* hours back; no usage was taken from it.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_wrong_date', 'params',
    json_object('amount', CAST(substr("sentence", 30) AS INTEGER), 'unit', 'day', 'direction', 'ahead'))
  WHERE "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* day ahead; no usage was taken from it.' OR "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* days ahead; no usage was taken from it.';
UPDATE "old_sentences" SET "message" = json_object('code', 'openrouter_wrong_date', 'params',
    json_object('amount', CAST(substr("sentence", 30) AS INTEGER), 'unit', 'day', 'direction', 'behind'))
  WHERE "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* day back; no usage was taken from it.' OR "sentence" GLOB 'OpenRouter''s answer is dated [0-9]* days back; no usage was taken from it.';
UPDATE "old_sentences" SET "message" = json_object('code', 'key_rejected_once', 'params', json_object('at', substr("sentence", 26, 10) || 'T' || substr("sentence", 37, 5) || ':00.000Z'))
  WHERE "sentence" GLOB 'OpenRouter refused it at [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9] UTC. If it does so again, it counts as invalid.';
UPDATE "old_sentences" SET "message" = json_object('code', 'key_rejected_since', 'params',
    json_object('since', substr("sentence", 29, 10) || 'T' || substr("sentence", 40, 5) || ':00.000Z', 'cause', 'deleted'))
  WHERE "sentence" GLOB 'OpenRouter refuses it since [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9] UTC: it was deleted there.';
UPDATE "old_sentences" SET "message" = json_object('code', 'key_rejected_since', 'params',
    json_object('since', substr("sentence", 29, 10) || 'T' || substr("sentence", 40, 5) || ':00.000Z', 'cause', 'unknown'))
  WHERE "sentence" GLOB 'OpenRouter refuses it since [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9] UTC: it was deleted, disabled or has expired.';
UPDATE "old_sentences" SET "message" = json_object('code', 'account_keys_watched', 'params',
    json_object('keys', CAST(substr("sentence", 6) AS INTEGER), 'watched', CAST(substr("sentence", instr("sentence", '; ') + 2) AS INTEGER)))
  WHERE "sentence" GLOB 'Sees 1 key of its account; [0-9]* watched here.';
UPDATE "old_sentences" SET "message" = json_object('code', 'account_keys_watched', 'params',
    json_object('keys', CAST(substr("sentence", 6) AS INTEGER), 'watched', CAST(substr("sentence", instr("sentence", '; ') + 2) AS INTEGER)))
  WHERE "sentence" GLOB 'Sees [0-9]* keys of its account; [0-9]* watched here.';

UPDATE "old_sentences" SET "message" = json_object('code', 'legacy_text', 'params', json_object('text', "sentence"))
  WHERE "message" IS NULL;

-- Outer sentences, whose inner one has its message now.
UPDATE "old_sentences" SET "message" = json_object('code', 'credits_unavailable', 'params', json_object('cause',
    json((SELECT "inner"."message" FROM "old_sentences" "inner" WHERE "inner"."sentence" = substr("old_sentences"."sentence", 10)))))
  WHERE "sentence" GLOB 'Credits: ?*';
UPDATE "old_sentences" SET "message" = json_object('code', 'key_not_checked', 'params', json_object('cause',
    json((SELECT "inner"."message" FROM "old_sentences" "inner"
      WHERE "inner"."sentence" = substr("old_sentences"."sentence", 18, length("old_sentences"."sentence") - 44)))))
  WHERE "sentence" GLOB 'Not checked yet: ?* The next sync tries again.';

UPDATE "api_keys" SET "last_sync_error" = (SELECT "message" FROM "old_sentences" WHERE "sentence" = "last_sync_error")
  WHERE "last_sync_error" IS NOT NULL;
UPDATE "api_keys" SET "status_message" = (SELECT "message" FROM "old_sentences" WHERE "sentence" = "status_message")
  WHERE "status_message" IS NOT NULL;
UPDATE "job_runs" SET "error" = (SELECT "message" FROM "old_sentences" WHERE "sentence" = "error") WHERE "error" IS NOT NULL;

DROP TABLE "old_sentences";
