import {
  applyDecorators,
  Injectable,
  UseFilters,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { Html } from './html';
import type { HttpAnswer } from './http';
import { pageHeaders } from './page';
import { PageErrorFilter } from './page-error.filter';

/** Sends the {@link Html} that a route returns, with the headers of a page; other results pass. */
@Injectable()
class PageInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((result: unknown) => {
        if (!(result instanceof Html)) return result;
        const answer = context.switchToHttp().getResponse<HttpAnswer>();
        for (const [name, value] of Object.entries(pageHeaders)) answer.header(name, value);
        return result.markup;
      }),
    );
  }
}

/** For controllers of server-rendered pages: routes return `page({...})`, errors answer as pages. */
export function HtmlPages(): ClassDecorator {
  return applyDecorators(UseInterceptors(PageInterceptor), UseFilters(PageErrorFilter));
}
