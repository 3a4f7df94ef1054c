// Written by scripts/compile.ts from catalogs/ and src/schema/. Do not edit.
import { select } from "@messageformat/runtime";
export default {
  account_changed_title: (d) => select(d.change, { password_changed: "Your password was changed", password_reset: "Your password was reset", two_factor_enabled: "Two-factor authentication was turned on", two_factor_disabled: "Two-factor authentication was turned off", other: "Your recovery codes were replaced" }),
  account_changed: (d) => select(d.change, { password_changed: "Your password was changed", password_reset: "Your password was reset", two_factor_enabled: "Two-factor authentication was turned on", two_factor_disabled: "Two-factor authentication was turned off", other: "Your recovery codes were replaced" }) + " " + select(d.origin, { command_line: "on the server’s command line", other: "from " + d.origin_address + select(d.has_origin_device, { yes: " (" + d.origin_device + ")", other: "" }) }) + ". If this was not you, change your password and sign out your other sessions. If you cannot log in, contact the administrator of this server."
}
