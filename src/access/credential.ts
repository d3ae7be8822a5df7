import { invalid } from '../common';
import type { Credential } from '../forge';

/** The cookie that holds the session of our pages. */
export const sessionCookie = 'assay_session';

/** Longest secret in bytes; a CI system's signed job token is the longest kind. */
export const secretLimit = 8192;

/** Request headers with lower-case names, as Node gives them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

function one(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  const first = typeof value === 'string' ? value : value?.[0];
  return first === undefined || first === '' ? undefined : first;
}

/** Whether it can be a token at all: visible ASCII, so that it can be sent on in a header. */
export function isToken(secret: string): boolean {
  return /^[\x21-\x7e]+$/.test(secret);
}

function plain(secret: string, header: string): string {
  if (!isToken(secret)) throw invalid(`The token in ${header} holds characters that no token has.`, header);
  return secret;
}

function bounded(secret: string, header: string): string {
  if (secret.length > secretLimit)
    throw invalid(`The token in ${header} is longer than the limit of ${String(secretLimit)} bytes.`, header);
  return secret;
}

function read(secret: string, header: string): string {
  return plain(bounded(secret, header), header);
}

/**
 * The token of a Basic header: the password (`user:token`), or the user's name when the password is missing or is
 * `x-oauth-basic` (`token:x-oauth-basic`).
 */
function readBasic(encoded: string): string {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return text;
  const password = text.slice(colon + 1);
  return password === '' || password === 'x-oauth-basic' ? text.slice(0, colon) : password;
}

function readAuthorization(value: string): string | undefined {
  const match = /^([a-z]+) +(\S.*?) *$/i.exec(value);
  const rest = match?.[2] ?? '';
  switch (match?.[1]?.toLowerCase()) {
    case 'bearer':
    case 'token':
      return rest;
    case 'basic':
      return readBasic(rest);
    default:
      return undefined;
  }
}

/**
 * The token that the headers present; the first of these that is there counts, the others are not looked at: `Authorization`
 * (Bearer, token, or Basic with the token as password), `PRIVATE-TOKEN`, `JOB-TOKEN`.
 * @throws AssayError `invalid` for one that is too long, or an Authorization that is none of these forms
 */
export function readCredential(headers: Headers): Credential | undefined {
  const authorization = one(headers, 'authorization');
  if (authorization !== undefined) {
    const secret = readAuthorization(bounded(authorization, 'Authorization'));
    if (secret === undefined || secret === '')
      throw invalid(
        'Authorization must be "Bearer <token>", "token <token>" or Basic with the token as password.',
        'Authorization',
      );
    return { kind: 'token', secret: plain(secret, 'Authorization') };
  }
  const privateToken = one(headers, 'private-token');
  if (privateToken !== undefined) return { kind: 'token', secret: read(privateToken, 'PRIVATE-TOKEN') };
  const jobToken = one(headers, 'job-token');
  return jobToken === undefined ? undefined : { kind: 'job-token', secret: read(jobToken, 'JOB-TOKEN') };
}

/** The sealed session of our cookie, unread. */
export function readSessionCookie(headers: Headers): string | undefined {
  const cookies = one(headers, 'cookie');
  if (cookies === undefined || cookies.length > 2 * secretLimit) return undefined;
  for (const part of cookies.split(';')) {
    const equals = part.indexOf('=');
    if (part.slice(0, equals).trim() === sessionCookie) return part.slice(equals + 1).trim();
  }
  return undefined;
}
