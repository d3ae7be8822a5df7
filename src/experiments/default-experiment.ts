import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ProjectsService } from '../projects';
import { ExperimentsService } from './experiments.service';

/** Gives every project its Default experiment when it is enabled. */
@Injectable()
export class DefaultExperiment implements OnModuleInit {
  constructor(
    private readonly projects: ProjectsService,
    private readonly experiments: ExperimentsService,
  ) {}

  onModuleInit(): void {
    this.projects.onEnabled((project) => this.experiments.ensureDefaultExperiment(project));
  }
}
