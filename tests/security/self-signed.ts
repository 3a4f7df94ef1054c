import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Creates a self-signed certificate for `host`, and its key. */
export function makeCertificate(host: string): { key: string; cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "orwatch-tls-"));
  const [key, cert] = [path.join(folder, "key"), path.join(folder, "cert")];
  const what = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2".split(" ");
  try {
    const names = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`];
    execFileSync("openssl", [...what, ...names, "-keyout", key, "-out", cert], { stdio: "ignore" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A self-signed certificate for localhost and its key, for tests only and valid for a hundred years. */
export const SELF_SIGNED = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgGajvWJUr67K7iMPR
NKbizhCTNbkIhkHIxuKr0SrqZIChRANCAAQn2Ul7k7pE+QQF+0bhuH551N90T7pH
qjgNkh7m1ozAV1/JWWCaJ21YJjP3WtCSRzMphYrTdIN6fwyolzpe/GhG
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUL5yLsBzBSO8OHuXQt6F7VQ3fo9QwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjIzMjgwM1oYDzIxMjYxMDI5
MjMyODAzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQn2Ul7k7pE+QQF+0bhuH551N90T7pHqjgNkh7m1ozAV1/JWWCaJ21Y
JjP3WtCSRzMphYrTdIN6fwyolzpe/GhGo28wbTAdBgNVHQ4EFgQUcYxwgAyJdm3e
Slkn7BcBV3Ise4UwHwYDVR0jBBgwFoAUcYxwgAyJdm3eSlkn7BcBV3Ise4UwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgTvHgGx1Uj/Gp1Ewe7nOg+E4pXvlRI0I9dD9RrL0jFXACIC65
/iKKuVGJmOM+ONzqNnd7s+vGQ80BgwoWxW5YD8gm
-----END CERTIFICATE-----
`,
};
