import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Addresses } from './addresses';
import { statusOfError } from './error-status';
import { AssayError, type ErrorKind } from './errors';
import { html, type Html } from './html';
import type { HttpAnswer, HttpRequest } from './http';
import { asAssayError, logDefect } from './native-error.filter';
import { note, page, pageHeaders, serverPagePath } from './page';

/** A refusal that brings its own page, such as a form to fill in again. */
export class PageRefusal extends AssayError {
  constructor(
    kind: ErrorKind,
    message: string,
    readonly page: Html,
  ) {
    super(kind, message);
  }
}

const titles: Partial<Readonly<Record<ErrorKind, string>>> = {
  forbidden: 'You may not do this',
  'not-found': 'There is no such page',
  unavailable: 'Not available now',
  internal: 'Something failed',
};

/** Answers a page's errors as a page; who is not signed in is sent to the sign-in form and comes back afterwards. */
@Catch()
export class PageErrorFilter implements ExceptionFilter {
  constructor(private readonly addresses: Addresses) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = asAssayError(thrown);
    logDefect(error);
    const answer = host.switchToHttp().getResponse<HttpAnswer>();
    const request = host.switchToHttp().getRequest<HttpRequest>();
    for (const [name, value] of Object.entries(pageHeaders)) answer.header(name, value);
    if (error.retryAfterSeconds !== undefined) answer.header('Retry-After', String(error.retryAfterSeconds));
    if (error.kind === 'unauthenticated' && !(error instanceof PageRefusal)) {
      answer.status(303).header('Location', this.signIn(request)).send('');
      return;
    }
    const body = error instanceof PageRefusal ? error.page : this.pageOf(error, request);
    answer.status(statusOfError[error.kind]).send(body.markup);
  }

  private signIn(request: HttpRequest): string {
    const next = request.method === 'GET' ? request.url : request.url.replace(/(\/-\/ml\/[^/?]+).*$/, '$1');
    return `${serverPagePath(this.addresses, 'sign_in')}?next=${encodeURIComponent(next)}`;
  }

  private pageOf(error: AssayError, request: HttpRequest): Html {
    const title = titles[error.kind] ?? 'This did not work';
    const signIn = html`<p><a href="${this.signIn(request)}">Sign in with another token</a></p>`;
    return page({
      addresses: this.addresses,
      title,
      body: html`<h1>${title}</h1>
        ${note('bad', html`<p>${error.message}</p>`)}${
          (error.kind === 'forbidden' || error.kind === 'not-found') && signIn
        }`,
    });
  }
}
