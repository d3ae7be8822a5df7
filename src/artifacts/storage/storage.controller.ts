import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { NativeApi, Operation } from '../../common';
import { ProjectStorage } from './project-storage';
import { StorageLimits } from './storage-limits.service';
import { presentStorage, StorageAnswer, StorageLimitBody } from './storage.answers';

/** What a project keeps in the artifact store, and how much it may. */
@NativeApi('Storage')
@Controller('projects/:project/ml/storage')
export class StorageController {
  constructor(
    private readonly storage: ProjectStorage,
    private readonly limits: StorageLimits,
  ) {}

  @Get()
  @Requires('project:maintain')
  @Operation('Get what a project stores', { answer: StorageAnswer })
  async usage(@CurrentAccess() { project }: Access): Promise<StorageAnswer> {
    return presentStorage(await this.storage.usage(project.id));
  }

  @Get('limit')
  @Requires('operator')
  @Operation('Get what a project stores, as the operator', { answer: StorageAnswer })
  async limit(@Param('project') project: string): Promise<StorageAnswer> {
    return presentStorage(await this.limits.usage(project));
  }

  @Put('limit')
  @Requires('operator')
  @Operation("Set a project's own limit", { answer: StorageAnswer })
  async setLimit(@Param('project') project: string, @Body() body: StorageLimitBody): Promise<StorageAnswer> {
    return presentStorage(await this.limits.set(project, body.limit_bytes));
  }

  @Delete('limit')
  @Requires('operator')
  @Operation("Take a project's own limit away", {
    answer: StorageAnswer,
    description: "The server's limit holds again.",
  })
  async removeLimit(@Param('project') project: string): Promise<StorageAnswer> {
    return presentStorage(await this.limits.set(project, null));
  }
}
