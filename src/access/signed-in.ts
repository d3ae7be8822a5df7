import type { HttpRequest } from '../common';
import { readSessionCookie } from './credential';

/** Whether the request comes with a session of our pages, so that the page shows how to sign out. */
export function signedIn({ headers }: HttpRequest): boolean {
  return readSessionCookie(headers) !== undefined;
}
