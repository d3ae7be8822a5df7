import { Controller, Get, Header, Post, Query, Redirect, Req, Res } from '@nestjs/common';
import {
  Addresses,
  HtmlPages,
  PageRefusal,
  pageStyle,
  readForm,
  serverPagePath,
  type Html,
  type HttpAnswer,
  type HttpRequest,
} from '../common';
import { isToken } from './credential';
import { Gate } from './gate';
import { parseNext } from './next-page';
import { Requires } from './requires';
import { requireSameOrigin } from './same-origin';
import { Sessions } from './session';
import { signInPage } from './sign-in.page';

/** Longest token that the form takes: a browser keeps cookies of at most 4,096 bytes. */
const tokenLimit = 2048;

interface Elsewhere {
  readonly url: string;
  readonly statusCode: number;
}

/** Signing in to the pages with a token, signing out, and the pages' stylesheet. */
@HtmlPages()
@Controller('-/ml')
export class SignInController {
  constructor(
    private readonly gate: Gate,
    private readonly sessions: Sessions,
    private readonly addresses: Addresses,
  ) {}

  @Get('sign_in')
  @Requires('public')
  show(@Query('next') next: unknown): Html {
    return signInPage(this.addresses, parseNext(typeof next === 'string' ? next : undefined));
  }

  @Post('sign_in')
  @Requires('public')
  @Redirect()
  async signIn(@Req() request: HttpRequest, @Res({ passthrough: true }) answer: HttpAnswer): Promise<Elsewhere> {
    requireSameOrigin(request, this.addresses);
    const form = await readForm(request);
    const next = parseNext(form.get('next'));
    if (next === undefined) {
      throw new PageRefusal('invalid', 'no project', signInPage(this.addresses, undefined));
    }
    const token = (form.get('token') ?? '').trim();
    if (!isToken(token) || token.length > tokenLimit || !(await this.gate.knows(next.project, token))) {
      const message = 'This token is not valid, or it may not see the project.';
      throw new PageRefusal('unauthenticated', message, signInPage(this.addresses, next, message));
    }
    answer.header('Set-Cookie', this.sessions.open(token));
    return { url: next.path, statusCode: 303 };
  }

  @Post('sign_out')
  @Requires('public')
  @Redirect()
  signOut(@Req() request: HttpRequest, @Res({ passthrough: true }) answer: HttpAnswer): Elsewhere {
    requireSameOrigin(request, this.addresses);
    answer.header('Set-Cookie', this.sessions.close());
    return { url: serverPagePath(this.addresses, 'sign_in'), statusCode: 303 };
  }

  @Get('assets/assay.css')
  @Requires('public')
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=31536000, immutable')
  @Header('X-Content-Type-Options', 'nosniff')
  style(): string {
    return pageStyle;
  }
}
