-- Notifications, delivery errors and reasons why a channel was turned off become messages (code and parameters as JSON). Sentences of
-- ours whose parameters can be recovered exactly get their code; all others are kept word for word as legacy_text. Amounts that were
-- rounded in the sentence are taken from the fields beside it, or the sentence stays.

-- 1. Delivery errors, and reasons why a channel was turned off.
CREATE TABLE "old_sentences" ("sentence" TEXT NOT NULL PRIMARY KEY, "host" TEXT, "rest" TEXT, "message" TEXT);

INSERT INTO "old_sentences" ("sentence")
  SELECT "last_error" FROM "deliveries" WHERE "last_error" IS NOT NULL
  UNION SELECT "off_reason" FROM "channels" WHERE "off_reason" IS NOT NULL
  UNION SELECT substr("off_reason", 33) FROM "channels" WHERE "off_reason" GLOB 'For a day nothing came through. ?*'
  -- A notification about a channel holds the reason, and what to do.
  UNION SELECT substr("text", 1, length("text") - 55) FROM (
    SELECT "item"."value" ->> 'text' AS "text" FROM "notices", json_each("notices"."items") AS "item" WHERE "notices"."kind" = 'channel'
  ) WHERE "text" GLOB '?* Test the channel and switch it on again when it works.'
  UNION SELECT substr("text", 33, length("text") - 87) FROM (
    SELECT "item"."value" ->> 'text' AS "text" FROM "notices", json_each("notices"."items") AS "item" WHERE "notices"."kind" = 'channel'
  ) WHERE "text" GLOB 'For a day nothing came through. ?* Test the channel and switch it on again when it works.';

UPDATE "old_sentences" SET "message" = CASE "sentence"
  WHEN 'The bot was blocked in this chat. Unblock it in Telegram.'
    THEN '{"code":"telegram_bot_blocked","params":{}}'
  WHEN 'This Telegram account no longer exists. Enter another chat.'
    THEN '{"code":"telegram_user_deleted","params":{}}'
  WHEN 'The bot may not write first. Send it /start in Telegram.'
    THEN '{"code":"telegram_not_started","params":{}}'
  WHEN 'The bot is no longer a member of this chat. Add it again.'
    THEN '{"code":"telegram_bot_removed","params":{}}'
  WHEN 'Telegram finds no such chat for this bot. Check the chat, and add the bot to it.'
    THEN '{"code":"telegram_chat_not_found","params":{}}'
  WHEN 'This topic was closed or deleted. Enter another topic, or none.'
    THEN '{"code":"telegram_topic_closed","params":{}}'
  WHEN 'The bot may not write to this chat. Let it post there.'
    THEN '{"code":"telegram_no_rights","params":{}}'
  WHEN 'Telegram does not know this bot token. Get a new one from BotFather and enter it.'
    THEN '{"code":"telegram_token_unknown","params":{}}'
  WHEN 'The Slack channel is archived. Unarchive it.'
    THEN '{"code":"slack_channel_archived","params":{}}'
  WHEN 'The Slack channel no longer exists. Create a new webhook there and enter its address.'
    THEN '{"code":"slack_channel_deleted","params":{}}'
  WHEN 'Slack no longer knows this webhook. Create a new webhook there and enter its address.'
    THEN '{"code":"slack_webhook_deleted","params":{}}'
  WHEN 'Slack does not let this webhook post. Ask an administrator of the workspace.'
    THEN '{"code":"slack_not_allowed","params":{}}'
  WHEN 'Discord no longer knows this webhook. Create a new webhook there and enter its address.'
    THEN '{"code":"discord_webhook_deleted","params":{}}'
  WHEN 'The Discord channel no longer exists. Create a new webhook there and enter its address.'
    THEN '{"code":"discord_channel_deleted","params":{}}'
  WHEN 'ntfy does not accept the access token. Enter a valid one.'
    THEN '{"code":"ntfy_token_rejected","params":{}}'
  WHEN 'ntfy does not allow publishing to this topic. Enter an access token that may, or another topic.'
    THEN '{"code":"ntfy_topic_forbidden","params":{}}'
  WHEN 'The receiver says that it is gone for good.'
    THEN '{"code":"channel_receiver_gone","params":{}}'
  WHEN 'The server stopped while it was sent.'
    THEN '{"code":"delivery_interrupted","params":{}}'
  WHEN 'The server was stopped before there was an answer.'
    THEN '{"code":"delivery_stopped","params":{}}'
  WHEN 'The channel was switched off.'
    THEN '{"code":"delivery_channel_off","params":{}}'
  WHEN 'What this channel needs cannot be decrypted with this server''s ENCRYPTION_KEY; delete the channel and add it again.'
    THEN '{"code":"channel_undecryptable","params":{}}'
  WHEN 'This channel cannot be decrypted; delete it and add it again.'
    THEN '{"code":"channel_undecryptable","params":{}}'
  WHEN 'This server sends no e-mail: its administrator has to set SMTP_URL and MAIL_FROM.'
    THEN '{"code":"mail_not_configured","params":{}}'
  WHEN 'The mail server does not accept the user or password in SMTP_URL.'
    THEN '{"code":"mail_login_rejected","params":{}}'
  WHEN 'The mail server wants a user and password in SMTP_URL.'
    THEN '{"code":"mail_login_required","params":{}}'
  WHEN 'The mail server cannot be reached.'
    THEN '{"code":"mail_server_unreachable","params":{}}'
  WHEN 'The mail server cannot be reached, or its certificate is not trusted.'
    THEN '{"code":"mail_connection_failed","params":{}}'
  WHEN 'The name of the mail server cannot be found.'
    THEN '{"code":"mail_server_not_found","params":{}}'
  WHEN 'The mail server did not answer in time.'
    THEN '{"code":"mail_server_no_response","params":{}}'
  WHEN 'The mail server offers no encryption that can be trusted.'
    THEN '{"code":"mail_encryption_untrusted","params":{}}'
  WHEN 'The mail server offers no encryption, and a password is never sent without.'
    THEN '{"code":"mail_encryption_missing","params":{}}'
  WHEN 'The e-mail could not be sent.'
    THEN '{"code":"mail_failed","params":{}}'
  WHEN 'The address must be an http:// or https:// address.'
    THEN '{"code":"address_refused","params":{"cause":{"code":"field_not_url","params":{}}}}'
  WHEN 'The address must hold no user name or password.'
    THEN '{"code":"address_refused","params":{"cause":{"code":"field_url_with_login","params":{}}}}'
  WHEN 'The address must use port 80, 443 or one above 1023.'
    THEN '{"code":"address_refused","params":{"cause":{"code":"field_url_port","params":{}}}}'
  WHEN 'The address is inside a private network or an address of this server, which it does not send to.'
    THEN '{"code":"address_refused","params":{"cause":{"code":"field_url_private","params":{}}}}'
END;

UPDATE "old_sentences" SET "message" = json_object('code', 'address_refused', 'params',
    json_object('cause', json_object('code', 'field_too_long', 'params', json_object('limit', 2000))))
  WHERE "sentence" = 'The address must have at most 2000 characters.';
UPDATE "old_sentences" SET "message" = json_object('code', 'mail_rejected', 'params', json_object('status', CAST(substr("sentence", 44, 3) AS INTEGER)))
  WHERE "sentence" GLOB 'The mail server refused the e-mail (status [0-9][0-9][0-9]).';
UPDATE "old_sentences" SET "message" = json_object('code', 'mail_timeout', 'params', json_object('seconds', CAST(substr("sentence", 39) AS INTEGER)))
  WHERE "sentence" GLOB 'The mail server did not finish within [0-9]* s.'
    AND "sentence" = 'The mail server did not finish within ' || CAST(substr("sentence", 39) AS INTEGER) || ' s.';
UPDATE "old_sentences" SET "message" = json_object('code', 'host_not_found', 'params', json_object('host', substr("sentence", 10, length("sentence") - 26)))
  WHERE "message" IS NULL AND "sentence" GLOB 'The name ?* cannot be found.' AND instr(substr("sentence", 10, length("sentence") - 26), ' ') = 0;

-- The others begin with the host.
UPDATE "old_sentences" SET "host" = substr("sentence", 1, instr("sentence", ' ') - 1), "rest" = substr("sentence", instr("sentence", ' ') + 1)
  WHERE "message" IS NULL AND instr("sentence", ' ') > 1;
UPDATE "old_sentences" SET "message" = json_object('code', CASE "rest"
  WHEN 'does not accept connections.'
    THEN 'host_refused_connection'
  WHEN 'closed the connection without an answer.'
    THEN 'host_closed_connection'
  WHEN 'cannot be reached.'
    THEN 'host_unreachable'
  WHEN 'does not speak TLS on this port.'
    THEN 'host_no_tls'
  WHEN 'sent headers of more than 16 KiB.'
    THEN 'host_headers_too_large'
  WHEN 'has a certificate that expired.'
    THEN 'host_certificate_expired'
  WHEN 'has a certificate that nobody vouches for.'
    THEN 'host_certificate_untrusted'
  WHEN 'has a certificate for another name.'
    THEN 'host_certificate_wrong_name'
  WHEN 'did not answer in HTTP.'
    THEN 'host_not_http'
  WHEN 'could not be sent to.'
    THEN 'host_send_failed'
  WHEN 'cannot be reached through the proxy, which does not answer.'
    THEN 'host_proxy_no_response'
  WHEN 'leads into a private network or to this server itself, which it does not send to; its administrator can permit the network in ALLOW_PRIVATE_WEBHOOKS.'
    THEN 'host_private'
  END, 'params', json_object('host', "host"))
  WHERE "rest" IN ('does not accept connections.',
    'closed the connection without an answer.',
    'cannot be reached.',
    'does not speak TLS on this port.',
    'sent headers of more than 16 KiB.',
    'has a certificate that expired.',
    'has a certificate that nobody vouches for.',
    'has a certificate for another name.',
    'did not answer in HTTP.',
    'could not be sent to.',
    'cannot be reached through the proxy, which does not answer.',
    'leads into a private network or to this server itself, which it does not send to; its administrator can permit the network in ALLOW_PRIVATE_WEBHOOKS.');
UPDATE "old_sentences" SET "message" = json_object('code', 'host_unexpected_status', 'params', json_object('host', "host", 'status', CAST(substr("rest", 22, 3) AS INTEGER)))
  WHERE "rest" GLOB 'answered with status [0-9][0-9][0-9].';
UPDATE "old_sentences" SET "message" = json_object('code', 'host_redirected', 'params', json_object('host', "host", 'status', CAST(substr("rest", 34, 3) AS INTEGER)))
  WHERE "rest" GLOB 'answered with a redirect (status [0-9][0-9][0-9]); enter the address it leads to.';
UPDATE "old_sentences" SET "message" = json_object('code', 'host_proxy_status', 'params', json_object('host', "host", 'status', CAST(substr("rest", 65, 3) AS INTEGER)))
  WHERE "rest" GLOB 'cannot be reached through the proxy, which answered with status [0-9][0-9][0-9].';
UPDATE "old_sentences" SET "message" = json_object('code', 'host_timeout', 'params', json_object('host', "host", 'seconds', CAST(substr("rest", 23) AS INTEGER)))
  WHERE "rest" GLOB 'did not answer within [0-9]* s.' AND "rest" = 'did not answer within ' || CAST(substr("rest", 23) AS INTEGER) || ' s.';

UPDATE "old_sentences" SET "message" = json_object('code', 'legacy_text', 'params', json_object('text', "sentence")) WHERE "message" IS NULL;

UPDATE "old_sentences" SET "message" = json_object('code', 'channel_failing_for_a_day', 'params', json_object('cause',
    json((SELECT "inner"."message" FROM "old_sentences" "inner" WHERE "inner"."sentence" = substr("old_sentences"."sentence", 33)))))
  WHERE "sentence" GLOB 'For a day nothing came through. ?*';
UPDATE "old_sentences" SET "message" = '{"code":"channel_failing_for_a_day","params":{"cause":null}}' WHERE "sentence" = 'For a day nothing came through. ';

UPDATE "deliveries" SET "last_error" = (SELECT "message" FROM "old_sentences" WHERE "sentence" = "last_error") WHERE "last_error" IS NOT NULL;
UPDATE "channels" SET "off_reason" = (SELECT "message" FROM "old_sentences" WHERE "sentence" = "off_reason") WHERE "off_reason" IS NOT NULL;

-- 2. Items of notifications: `text` becomes `message`. Names come from the fields beside the sentence, and the whole sentence is compared.
CREATE TABLE "old_items" (
  "notice_id" INTEGER NOT NULL, "position" INTEGER NOT NULL, "item" TEXT NOT NULL, "text" TEXT NOT NULL,
  "event" TEXT, "rule_kind" TEXT, "rule_id" INTEGER, "rule" TEXT, "key_id" INTEGER, "key" TEXT, "threshold" TEXT, "value" TEXT, "window" TEXT,
  "count" TEXT, "rest" TEXT, "message" TEXT, PRIMARY KEY ("notice_id", "position")
);
INSERT INTO "old_items" ("notice_id", "position", "item", "text", "event", "rule_kind", "rule_id", "rule", "key_id", "key", "threshold", "value", "window")
  SELECT "notices"."id", "item"."key", "item"."value", coalesce("item"."value" ->> 'text', ''), "item"."value" ->> 'event', "item"."value" ->> 'rule_kind',
    "item"."value" ->> 'rule_id', "item"."value" ->> 'rule_name', "item"."value" ->> 'api_key_id', "item"."value" ->> 'key_name',
    "item"."value" ->> 'threshold', "item"."value" ->> 'value', "item"."value" ->> 'window'
  FROM "notices", json_each("notices"."items") AS "item";

-- Dollars with 2 to 9 fraction digits become nano-dollars.
UPDATE "old_items" SET
  "value" = CASE WHEN "value" LIKE '-%' THEN '-' ELSE '' END || coalesce(nullif(ltrim(replace(ltrim("value", '-'), '.', '')
    || substr('000000000', 1, 9 - length("value") + instr("value", '.')), '0'), ''), '0'),
  "threshold" = coalesce(nullif(ltrim(replace("threshold", '.', '') || substr('000000000', 1, 9 - length("threshold") + instr("threshold", '.')), '0'), ''), '0')
  WHERE "rule_kind" IN ('spend', 'credits') AND "value" GLOB '*[0-9].[0-9]*' AND "threshold" GLOB '*[0-9].[0-9]*';

UPDATE "old_items" SET "message" = json_object('code', 'spend_above_threshold', 'params', json_object(
    'scope', json(CASE WHEN "key_id" IS NOT NULL THEN json_object('kind', 'key', 'id', "key_id", 'name', "key")
      WHEN "text" GLOB 'Spend of all keys *' THEN '{"kind":"all"}'
      ELSE json_object('kind', 'selected', 'count', CAST(substr("text", 10) AS INTEGER)) END),
    'period', CASE WHEN "window" GLOB 'week of *' THEN 'week' WHEN length("window") = 7 THEN 'month' ELSE 'day' END,
    'from', CASE WHEN "window" GLOB 'week of *' THEN substr("window", 9) WHEN length("window") = 7 THEN "window" || '-01' ELSE "window" END,
    'spent', "value", 'threshold', "threshold"))
  WHERE "event" = 'alert' AND "rule_kind" = 'spend' AND "value" NOT LIKE '%.%' AND "threshold" NOT LIKE '%.%'
    AND substr("text", 1, instr("text", CASE WHEN "window" GLOB 'week of *' THEN ' in the ' || "window" WHEN length("window") = 7 THEN ' in ' || "window" ELSE ' on ' || "window" END || ': ') - 1) IN
      ('Spend of key “' || "key" || '”', 'Spend of all keys', 'Spend of ' || CAST(substr("text", 10) AS INTEGER) || ' keys');
UPDATE "old_items" SET "message" = json_object('code', 'credits_below', 'params', json_object('key_id', "key_id", 'key', "key", 'remaining', "value", 'threshold', "threshold"))
  WHERE "event" = 'alert' AND "rule_kind" = 'credits' AND "key_id" IS NOT NULL AND "value" NOT LIKE '%.%' AND "threshold" NOT LIKE '%.%'
    AND substr("text", 1, length("key") + 28) = 'Account credits seen by “' || "key" || '”: ';
UPDATE "old_items" SET "message" = json_object('code', 'credits_resolved', 'params', json_object('key_id', "key_id", 'key', "key", 'remaining', "value", 'threshold', "threshold"))
  WHERE "event" = 'recovery' AND "rule_kind" = 'credits' AND "key_id" IS NOT NULL AND "value" NOT LIKE '%.%' AND "threshold" NOT LIKE '%.%'
    AND substr("text", 1, length("key") + 28) = 'Account credits seen by “' || "key" || '”: ';
UPDATE "old_items" SET "message" = json_object('code', CASE "text"
    WHEN 'Key “' || "key" || '” no longer has a limit.' THEN 'key_limit_removed'
    WHEN 'OpenRouter accepts key “' || "key" || '” again.' THEN 'key_rejected_resolved'
    ELSE 'key_sync_stale_resolved' END, 'params', json_object('key_id', "key_id", 'key', "key"))
  WHERE "event" = 'recovery' AND "key_id" IS NOT NULL AND "text" IN
    ('Key “' || "key" || '” no longer has a limit.', 'OpenRouter accepts key “' || "key" || '” again.', 'Key “' || "key" || '” syncs again.');
UPDATE "old_items" SET "message" = json_object('code', 'key_expires_resolved', 'params', json_object('key_id', "key_id", 'key', "key", 'days', CAST("threshold" AS INTEGER)))
  WHERE "event" = 'recovery' AND "key_id" IS NOT NULL AND "text" = 'Key “' || "key" || '” no longer expires within ' || CAST("threshold" AS INTEGER) || ' days.';
UPDATE "old_items" SET "message" = json_object('code', 'rule_key_deleted', 'params', json_object('rule_id', "rule_id", 'rule', "rule", 'key_id', "key_id", 'key', "key",
    'remaining', CASE WHEN "text" GLOB '*. It watches nothing any more.' THEN 'none' ELSE 'some' END))
  WHERE "event" = 'rule' AND "rule_id" IS NOT NULL AND "key_id" IS NOT NULL AND "text" IN
    ('The rule “' || "rule" || '” watches a key that was deleted: “' || "key" || '”. It watches nothing any more.',
     'The rule “' || "rule" || '” watches a key that was deleted: “' || "key" || '”. It goes on for its other keys.');

-- What follows the name of the key; instants end with the minute.
UPDATE "old_items" SET "rest" = substr("text", length("key") + 8)
  WHERE "event" = 'alert' AND "key_id" IS NOT NULL AND substr("text", 1, length("key") + 7) = 'Key “' || "key" || '” ';
UPDATE "old_items" SET "message" = json_object('code', 'key_expired', 'params', json_object('key_id', "key_id", 'key', "key",
    'expired_at', substr("rest", 16, 10) || 'T' || substr("rest", 27, 5) || ':00.000Z'))
  WHERE "rule_kind" = 'key_expires' AND "rest" GLOB 'has expired on [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9] UTC.';
UPDATE "old_items" SET "count" = CASE WHEN "rest" GLOB 'expires within a day, on *' THEN 0 WHEN "rest" GLOB 'expires in 1 day, on *' THEN 1 ELSE CAST(substr("rest", 12) AS INTEGER) END
  WHERE "rule_kind" = 'key_expires' AND "rest" GLOB 'expires *';
UPDATE "old_items" SET "message" = json_object('code', 'key_expires', 'params', json_object('key_id', "key_id", 'key', "key", 'days', CAST("count" AS INTEGER),
    'expires_at', substr("rest", -21, 10) || 'T' || substr("rest", -10, 5) || ':00.000Z'))
  WHERE "rule_kind" = 'key_expires' AND "rest" GLOB '*, on [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9] UTC.'
    AND substr("rest", 1, length("rest") - 26) IN ('expires within a day', 'expires in 1 day', 'expires in ' || "count" || ' days');
-- Reasons may be sentences about keys: they stay sentences, within the message.
UPDATE "old_items" SET "rest" = substr("rest", length("threshold") + 34)
  WHERE "rule_kind" = 'sync_stale' AND "message" IS NULL AND "threshold" GLOB '[0-9]*' AND substr("rest", 1, length("threshold") + 33) = 'has not synced for ' || "threshold" || ' hours or more';
UPDATE "old_items" SET "message" = json_object('code', 'key_sync_stale', 'params', json_object('key_id', "key_id", 'key', "key", 'hours', CAST("threshold" AS INTEGER),
    'synced_at', CASE WHEN "rest" GLOB ', since [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9] UTC.*' THEN substr("rest", 9, 10) || 'T' || substr("rest", 20, 5) || ':00.000Z' END,
    'cause', json(CASE WHEN "rest" GLOB ', since [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9] UTC. ?*' THEN json_object('code', 'legacy_text', 'params', json_object('text', substr("rest", 31)))
      WHEN "rest" GLOB '. ?*' THEN json_object('code', 'legacy_text', 'params', json_object('text', substr("rest", 3))) ELSE 'null' END)))
  WHERE "rule_kind" = 'sync_stale' AND "event" = 'alert' AND ("rest" = '.' OR "rest" GLOB '. ?*' OR "rest" GLOB ', since [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9] UTC.' OR "rest" GLOB ', since [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9] UTC. ?*');
UPDATE "old_items" SET "message" = json_object('code', 'key_rejected', 'params', json_object('key_id', "key_id", 'key', "key", 'cause', json(
    CASE WHEN "text" = 'OpenRouter no longer accepts key “' || "key" || '”.' THEN 'null'
      ELSE json_object('code', 'legacy_text', 'params', json_object('text', substr("text", length("key") + 38))) END)))
  WHERE "event" = 'alert' AND "rule_kind" = 'key_invalid' AND "key_id" IS NOT NULL
    AND ("text" = 'OpenRouter no longer accepts key “' || "key" || '”.' OR substr("text", 1, length("key") + 37) = 'OpenRouter no longer accepts key “' || "key" || '”. ');
UPDATE "old_items" SET "message" = json_object('code', 'key_sync_warning', 'params', json_object('key_id', "key_id", 'key', "key", 'cause',
    json_object('code', 'legacy_text', 'params', json_object('text', substr("text", length("key") + 9)))))
  WHERE "event" = 'alert' AND "rule_kind" IS NULL AND "key_id" IS NOT NULL AND substr("text", 1, length("key") + 8) = 'Key “' || "key" || '”: ';

UPDATE "old_items" SET "message" = json_object('code', 'notifications_over_daily_limit', 'params',
    json_object('count', CAST("text" AS INTEGER), 'limit', CAST(substr("text", instr("text", ' maximum of ') + 12) AS INTEGER)))
  WHERE "event" = 'summary' AND "text" IN (
    '1 message was held back by your maximum of ' || CAST(substr("text", instr("text", ' maximum of ') + 12) AS INTEGER) || ' a day.',
    CAST("text" AS INTEGER) || ' messages were held back by your maximum of ' || CAST(substr("text", instr("text", ' maximum of ') + 12) AS INTEGER) || ' a day.');
UPDATE "old_items" SET "message" = json_object('code', 'items_omitted', 'params', json_object('count', CAST(substr("text", 5) AS INTEGER)))
  WHERE "event" = 'summary' AND "text" = 'And ' || CAST(substr("text", 5) AS INTEGER) || ' more, too many to list.';
UPDATE "old_items" SET "message" = '{"code":"database_damaged_notice","params":{}}'
  WHERE "event" = 'server' AND "text" = 'The database of this server is damaged, so numbers may be missing and pages fail. Stop the server and restore the newest copy: npm run restore';
UPDATE "old_items" SET "message" = json_object('code', 'channel_turned_off', 'params', json_object('cause',
    json((SELECT "old_sentences"."message" FROM "old_sentences" WHERE "sentence" = substr("text", 1, length("text") - 55)))))
  WHERE "event" = 'channel' AND "text" GLOB '?* Test the channel and switch it on again when it works.';

-- Changes of an account: "WHAT, from WHERE. ADVICE"
CREATE TABLE "old_changes" ("title" TEXT NOT NULL PRIMARY KEY, "change" TEXT NOT NULL);
INSERT INTO "old_changes" VALUES
  ('The password of your account was changed', 'password_changed'),
  ('The password of your account was reset', 'password_reset'),
  ('The second factor of your account was switched on', 'two_factor_enabled'),
  ('The second factor of your account was switched off', 'two_factor_disabled'),
  ('The recovery codes of your account were replaced', 'recovery_codes_replaced'),
  ('Wrong codes were entered for your account, after the right password', 'two_factor_failing'),
  ('A notification channel was added to your account', 'channel_added'),
  ('A notification channel of your account was changed', 'channel_changed');
UPDATE "old_items" SET "rest" = substr("text", 1, length("text") - 176) WHERE "event" = 'account' AND "text" GLOB '?*. If that was not you, change your password, end your other sessions, and look for API tokens and channels that you do not know; if you cannot log in, ask who runs this server.';
UPDATE "old_items" SET "rest" = substr("text", 1, length("text") - 120) WHERE "event" = 'account' AND "text" GLOB '?*. If that was not you, change your password and end your other sessions; if you cannot log in, ask who runs this server.';
UPDATE "old_items" SET "message" = (SELECT json_object('code', 'account_changed', 'params', json_object('change', "change", 'origin', json('{"kind":"command_line"}')))
    FROM "old_changes" WHERE "old_items"."rest" = "title" || ', from the command line of the server')
  WHERE "event" = 'account' AND "rest" GLOB '?*, from the command line of the server';
UPDATE "old_items" SET "count" = (SELECT "change" FROM "old_changes" WHERE substr("rest", 1, length("title") + 7) = "title" || ', from ')
  WHERE "event" = 'account' AND "message" IS NULL;
UPDATE "old_items" SET "rest" = substr("rest", (SELECT length("title") + 8 FROM "old_changes" WHERE "change" = "count"))
  WHERE "event" = 'account' AND "message" IS NULL AND "count" IS NOT NULL;
UPDATE "old_items" SET "message" = json_object('code', 'account_changed', 'params', json_object('change', "count", 'origin', json_object('kind', 'request',
    'address', CASE WHEN instr("rest", ' ') = 0 THEN "rest" ELSE substr("rest", 1, instr("rest", ' ') - 1) END,
    'device', CASE WHEN instr("rest", ' ') > 0 THEN substr("rest", instr("rest", ' ') + 2, length("rest") - instr("rest", ' ') - 2) END)))
  WHERE "event" = 'account' AND "message" IS NULL AND "count" IS NOT NULL
    AND (instr("rest", ' ') = 0 OR substr("rest", instr("rest", ' ')) GLOB ' (?*)');

UPDATE "old_items" SET "message" = json_object('code', 'legacy_text', 'params', json_object('text', "text")) WHERE "message" IS NULL;

-- 3. Titles: the sentence of the only item, or how many there are and which keys they are about.
CREATE TABLE "old_titles" ("notice_id" INTEGER NOT NULL PRIMARY KEY, "title" TEXT NOT NULL, "kind" TEXT NOT NULL, "first" TEXT, "total" INTEGER,
  "alerts" INTEGER, "resolved" INTEGER, "rules" INTEGER, "names" TEXT, "message" TEXT);
INSERT INTO "old_titles" ("notice_id", "title", "kind", "first", "total", "alerts", "resolved", "rules")
  SELECT "id", "title", "kind", (SELECT "text" FROM "old_items" WHERE "notice_id" = "notices"."id" AND "position" = 0),
    (SELECT count(*) FROM "old_items" WHERE "notice_id" = "notices"."id"),
    (SELECT count(DISTINCT "text") FROM "old_items" WHERE "notice_id" = "notices"."id" AND "event" = 'alert'),
    (SELECT count(DISTINCT "text") FROM "old_items" WHERE "notice_id" = "notices"."id" AND "event" = 'recovery'),
    (SELECT count(DISTINCT "text") FROM "old_items" WHERE "notice_id" = "notices"."id" AND "event" = 'rule')
  FROM "notices";
-- Names, in order, stand in a title beside one count only.
UPDATE "old_titles" SET "names" = (SELECT json_group_array("name") FROM (
    SELECT coalesce("key", "rule") AS "name" FROM "old_items" WHERE "notice_id" = "old_titles"."notice_id" AND coalesce("key", "rule", '') <> ''
    GROUP BY coalesce("key", "rule") ORDER BY min("position")))
  WHERE ("alerts" > 0) + ("resolved" > 0) + ("rules" > 0) = 1;

UPDATE "old_titles" SET "message" = (SELECT "message" FROM "old_items" WHERE "notice_id" = "old_titles"."notice_id" AND "position" = 0) WHERE "title" = "first";
UPDATE "old_titles" SET "message" = (SELECT json_object('code', 'account_changed_title', 'params', json_object('change', "change")) FROM "old_changes" WHERE "old_changes"."title" = "old_titles"."title")
  WHERE "message" IS NULL AND "kind" = 'account';
UPDATE "old_titles" SET "message" = '{"code":"database_damaged_title","params":{}}' WHERE "kind" = 'server' AND "title" = 'The database is damaged';
UPDATE "old_titles" SET "message" = json_object('code', 'channel_turned_off_title', 'params', json_object('channel_id', NULL, 'channel', substr("title", 14, length("title") - 31)))
  WHERE "kind" = 'channel' AND "title" GLOB 'The channel “*” was switched off';
UPDATE "old_titles" SET "message" = json_object('code', 'items_title', 'params', json_object(
    'counts', json('[' || substr(
      CASE WHEN "alerts" > 0 THEN ',{"code":"alert_count","params":{"count":' || "alerts" || '}}' ELSE '' END
      || CASE WHEN "resolved" > 0 THEN ',{"code":"resolved_count","params":{"count":' || "resolved" || '}}' ELSE '' END
      || CASE WHEN "rules" > 0 THEN ',{"code":"rule_key_deleted_count","params":{"count":' || "rules" || '}}' ELSE '' END, 2) || ']'),
    'names', json(CASE WHEN json_array_length("names") > 0 THEN (SELECT json_group_array("value") FROM (SELECT "value" FROM json_each("names") ORDER BY "key" LIMIT 3)) ELSE 'null' END),
    'more', CASE WHEN json_array_length("names") > 3 THEN 'yes' ELSE 'no' END))
  WHERE "message" IS NULL AND "alerts" + "resolved" + "rules" > 1 AND "title" IN (
    -- Earlier versions repeated the first sentence.
    "first" || ' And ' || ("total" - 1) || ' more.',
    substr(
      CASE WHEN "alerts" > 0 THEN ', ' || "alerts" || iif("alerts" = 1, ' alert', ' alerts') ELSE '' END
      || CASE WHEN "resolved" > 0 THEN ', ' || "resolved" || iif("resolved" = 1, ' alert resolved', ' alerts resolved') ELSE '' END
      || CASE WHEN "rules" > 0 THEN ', ' || "rules" || iif("rules" = 1, ' rule lost a key', ' rules lost a key') ELSE '' END, 3)
    || CASE WHEN json_array_length("names") > 0 THEN ': ' || (SELECT group_concat('“' || "value" || '”', ', ') FROM (SELECT "value" FROM json_each("names") ORDER BY "key" LIMIT 3))
      || iif(json_array_length("names") > 3, ', …', '') ELSE '' END);
UPDATE "old_titles" SET "message" = json_object('code', 'legacy_text', 'params', json_object('text', "title")) WHERE "message" IS NULL;

UPDATE "notices" SET
  "title" = (SELECT "message" FROM "old_titles" WHERE "notice_id" = "notices"."id"),
  "items" = (SELECT json_group_array(json("item")) FROM (
    SELECT json_set(json_remove("item", '$.text'), '$.message', json("message")) AS "item" FROM "old_items" WHERE "notice_id" = "notices"."id" ORDER BY "position"));

DROP TABLE "old_titles";
DROP TABLE "old_changes";
DROP TABLE "old_items";
DROP TABLE "old_sentences";

-- 4. Names that the server gave to the first rules are shown in the reader's language, as long as nobody changes them.
ALTER TABLE "alert_rules" ADD COLUMN "has_default_name" BOOLEAN NOT NULL DEFAULT false;
UPDATE "alert_rules" SET "has_default_name" = true
  WHERE "created_at" = (SELECT "rules_made_at" FROM "alert_settings" WHERE "alert_settings"."user_id" = "alert_rules"."user_id")
    AND ("kind", "name") IN (VALUES
      ('limit_share', 'A key''s limit is nearly used up'),
      ('credits', 'Credits run low'),
      ('unusual', 'Spend far above the usual'),
      ('key_invalid', 'A key stops working'),
      ('key_expires', 'A key expires soon'),
      ('sync_stale', 'A key does not sync'));
