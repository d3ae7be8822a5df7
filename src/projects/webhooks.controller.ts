import { Controller, Param, Post, Query, Req } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { Requires } from '../access';
import { NativeApi, Operation, type HttpRequest } from '../common';
import { WebhooksService } from './webhooks.service';

/** Where the forge tells what happened; the signature is its permission. */
@NativeApi('Projects')
@Controller('ml/hooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Post(':forge')
  @Requires('public')
  @ApiQuery({ name: 'project', type: String, description: "The project's number at the forge." })
  @Operation('Receive an event of the forge', { description: 'The signature of the webhook is its permission.' })
  async receive(
    @Param('forge') forge: string,
    @Query('project') project: unknown,
    @Req() request: HttpRequest,
  ): Promise<void> {
    await this.webhooks.receive(forge, typeof project === 'string' ? project : '', request);
  }
}
