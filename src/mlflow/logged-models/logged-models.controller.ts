import { Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { LoggedModelsService, type LoggedModel } from '../../models';
import { Message, messageLimits, MlflowApi, readNamedValue, toNextPage, unlessEmpty, type Fields } from '../wire';
import { toWireLoggedModel, type WireLoggedModel } from './logged-model.presenter';
import { readFinalStatus, readLoggedModelSearch, readNewLoggedModel } from './logged-model.requests';

/** https://mlflow.org/docs/latest/api_reference/rest-api.html (logged models): models as log_model makes them. */
@MlflowApi('logged-models')
export class LoggedModelsController {
  constructor(private readonly models: LoggedModelsService) {}

  @Post()
  @Requires('models:write')
  async create(@CurrentAccess() { project }: Access, @Message(messageLimits.batch) fields: Fields): Promise<object> {
    return { model: this.toWire(await this.models.create(project.id, readNewLoggedModel(fields))) };
  }

  @Post('search')
  @Requires('models:read')
  async search(@CurrentAccess() { project }: Access, @Message() fields: Fields): Promise<object> {
    const { items, nextPageToken } = await this.models.search(project.id, readLoggedModelSearch(fields));
    const models = items.map((model) => this.toWire(model));
    return { ...unlessEmpty('models', models), ...toNextPage(nextPageToken) };
  }

  @Get(':modelId')
  @Requires('models:read')
  async get(
    @CurrentAccess() { project }: Access,
    @Param('modelId') id: string,
    @Message() fields: Fields,
  ): Promise<object> {
    const deleted = fields.bool('allow_deleted') ?? false;
    return { model: this.toWire(await this.models.get(project.id, id, { deleted })) };
  }

  @Patch(':modelId')
  @Requires('models:write')
  async finalize(
    @CurrentAccess() { project }: Access,
    @Param('modelId') id: string,
    @Message() fields: Fields,
  ): Promise<object> {
    return { model: this.toWire(await this.models.finalize(project.id, id, readFinalStatus(fields))) };
  }

  @Delete(':modelId')
  @Requires('models:write')
  async delete(@CurrentAccess() { project }: Access, @Param('modelId') id: string): Promise<object> {
    await this.models.delete(project.id, id);
    return {};
  }

  @Patch(':modelId/tags')
  @Requires('models:write')
  async setTags(
    @CurrentAccess() { project }: Access,
    @Param('modelId') id: string,
    @Message(messageLimits.batch) fields: Fields,
  ): Promise<object> {
    await this.models.setTags(project.id, id, fields.messages('tags').map(readNamedValue));
    return {};
  }

  @Delete(':modelId/tags/:key')
  @Requires('models:write')
  async deleteTag(
    @CurrentAccess() { project }: Access,
    @Param('modelId') id: string,
    @Param('key') key: string,
  ): Promise<object> {
    await this.models.deleteTag(project.id, id, key);
    return {};
  }

  @Post(':modelId/params')
  @Requires('models:write')
  async logParams(
    @CurrentAccess() { project }: Access,
    @Param('modelId') id: string,
    @Message(messageLimits.batch) fields: Fields,
  ): Promise<object> {
    await this.models.logParams(project.id, id, fields.messages('params').map(readNamedValue));
    return {};
  }

  private toWire(model: LoggedModel): WireLoggedModel {
    return toWireLoggedModel(model, this.models.uriOf(model));
  }
}
