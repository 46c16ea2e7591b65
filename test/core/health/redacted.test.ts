import assert from "node:assert/strict";
import { redacted } from "../../../core/health/redacted.ts";

const long = "aB3".repeat(12);

describe("a line that programs print, without what looks secret", () => {
  for (const [line, left] of [
    ["token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln-_x done", "token *** done"],
    ["unsigned eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0. done", "unsigned *** done"],
    ["ghp_abcdefghij1 gho_abcdefghij1 ghu_abcdefghij1", "*** *** ***"],
    ["ghs_abcdefghij1 ghr_abcdefghij1 github_pat_abcdefghij", "*** *** ***"],
    ["glpat-abcde-_fghij xoxb-12345-abcdef AKIAABCDEFGHIJ ASIAABCDEFGHIJ", "*** *** *** ***"],
    ["to postgres://shop:pa55@db:5432/shop now", "to postgres://***@db:5432/shop now"],
    ["to MONGODB+srv://shop:pa55@db/shop now", "to MONGODB+srv://***@db/shop now"],
    ["Authorization: Bearer abcdefgh.1", "Authorization: *** ***"],
    ["with Basic c2hvcDpwYXNz and more", "with Basic *** and more"],
    ["with bearer   abcd-efgh~1 and more", "with bearer *** and more"],
    ["password=hunter2 user=shop", "password=*** user=shop"],
    ["DB_PASSWD: hunter2, user: shop", "DB_PASSWD: ***, user: shop"],
    ["pwd = 'two words' user=shop", "pwd = *** user=shop"],
    [`{"apiKey": "two words", "user": "shop"}`, `{"apiKey": ***, "user": "shop"}`],
    [
      "api_key=x1 api-key=x2 access_key=x3 account-key=x4",
      "api_key=*** api-key=*** access_key=*** account-key=***",
    ],
    ["AccountName=shop;AccountKey=abc==;Endpoint=x", "AccountName=shop;AccountKey=***;Endpoint=x"],
    ["client_secret=a&scope=b", "client_secret=***&scope=b"],
    [
      "credentials=a signature=b private_key=c privatekey=d",
      "credentials=*** signature=*** private_key=*** privatekey=***",
    ],
    ["https://a/b?sv=1&sig=abc%3D&se=2", "https://a/b?sv=1&sig=***&se=2"],
    ["-----BEGIN RSA PRIVATE KEY-----MIIB", "***"],
    ["-----BEGIN PRIVATE KEY----- MIIB", "***"],
    [`key ${long} and ${long}== end`, "key *** and *** end"],
    // What an operator needs stays.
    [`image r.io/api@sha256:${"ab12".repeat(16)}`, `image r.io/api@sha256:${"ab12".repeat(16)}`],
    [`commit ${"ab12".repeat(10)}`, `commit ${"ab12".repeat(10)}`],
    [`digest sha512:${long}`, `digest sha512:${long}`],
    ["GET https://shop.example.com/a@b 200 in 3ms", "GET https://shop.example.com/a@b 200 in 3ms"],
    ["the bearer of news, basic as it is", "the bearer of news, basic as it is"],
    ["panic: design=3 keys: 2 path=/a", "panic: design=3 keys: 2 path=/a"],
    [`${"aB3".repeat(10)}a is 31 characters long`, `${"aB3".repeat(10)}a is 31 characters long`],
  ] as const) {
    it(line.slice(0, 60), () => assert.equal(redacted(line), left));
  }
});
