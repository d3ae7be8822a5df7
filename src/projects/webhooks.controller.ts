import { Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { Requires } from '../access';
import { NativeApi, type HttpRequest } from '../common';
import { WebhooksService } from './webhooks.service';

/** Where the forge tells what happened; the signature is its permission. */
@NativeApi()
@Controller('ml/hooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Post(':forge')
  @HttpCode(204)
  @Requires('public')
  async receive(
    @Param('forge') forge: string,
    @Query('project') project: unknown,
    @Req() request: HttpRequest,
  ): Promise<void> {
    await this.webhooks.receive(forge, typeof project === 'string' ? project : '', request);
  }
}
