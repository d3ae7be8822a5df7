import { forbidden, type Addresses, type HttpRequest } from '../common';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function comesFromHere({ headers }: HttpRequest, { publicUrl }: Addresses): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return origin === new URL(publicUrl).origin || (host !== undefined && hostOf(origin) === host);
}

/**
 * Refuses a request that changes something and that a page of another site may have sent with our cookie. Browsers tell by
 * `Sec-Fetch-Site`, older ones by `Origin`; without either it is refused.
 */
export function requireSameOrigin(request: HttpRequest, addresses: Addresses): void {
  if (safeMethods.has(request.method) || comesFromHere(request, addresses)) return;
  throw forbidden('The form was sent from another site; open the page here and send it again.');
}
