import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport';
import { readCredential, readSessionCookie, type Headers } from './credential';

/** What a request presents, before anybody knows what it is worth. */
export type Presented =
  | { readonly by: 'header'; readonly kind: 'token' | 'job-token'; readonly secret: string }
  | { readonly by: 'session'; readonly sealed: string };

type Done = (error: unknown, presented?: Presented | false | null) => void;

/** Reads the headers and leaves the rest to its subclass: {@link AccessGuard} finds out whose credential it is. */
abstract class ReadingStrategy extends Strategy {
  constructor(private readonly verify: (presented: Presented, done: Done) => void) {
    super();
  }

  protected abstract read(headers: Headers): Presented | undefined;

  override authenticate(request: { readonly headers: Headers }): void {
    try {
      const presented = this.read(request.headers);
      if (presented === undefined) {
        this.fail();
        return;
      }
      this.verify(presented, (error, user) => {
        if (error !== null && error !== undefined) this.error(error);
        else this.success(user as Presented);
      });
    } catch (error) {
      this.error(error);
    }
  }
}

class HeaderStrategy extends ReadingStrategy {
  protected read(headers: Headers): Presented | undefined {
    const credential = readCredential(headers);
    return credential && { by: 'header', ...credential };
  }
}

class CookieStrategy extends ReadingStrategy {
  protected read(headers: Headers): Presented | undefined {
    const sealed = readSessionCookie(headers);
    return sealed === undefined ? undefined : { by: 'session', sealed };
  }
}

/** The name under which passport knows {@link TokenStrategy}. */
export const tokenStrategyName = 'assay-token';

/** The name under which passport knows {@link SessionStrategy}. */
export const sessionStrategyName = 'assay-session';

/** Reads the token of an API client. */
@Injectable()
export class TokenStrategy extends PassportStrategy(HeaderStrategy, tokenStrategyName) {
  validate(presented: Presented): Presented {
    return presented;
  }
}

/** Reads the cookie of our pages. */
@Injectable()
export class SessionStrategy extends PassportStrategy(CookieStrategy, sessionStrategyName) {
  validate(presented: Presented): Presented {
    return presented;
  }
}
