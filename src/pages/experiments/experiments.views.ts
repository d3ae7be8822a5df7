import { Injectable } from '@nestjs/common';
import { signedIn, type Access } from '../../access';
import { ExperimentActivity } from '../../candidates';
import { Addresses, page, type Html, type HttpRequest } from '../../common';
import { ExperimentsService } from '../../experiments';
import { experimentsPage } from './experiments.page';

const pageSize = 50;

/** Gathers what the list of experiments shows. */
@Injectable()
export class ExperimentsViews {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly activity: ExperimentActivity,
    private readonly addresses: Addresses,
  ) {}

  async list({ project }: Access, pageToken: string | undefined, request: HttpRequest): Promise<Html> {
    const { items, nextPageToken } = await this.experiments.search(project.id, {
      orderBy: [],
      view: 'active',
      limit: pageSize,
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    const activity = await this.activity.of(
      project.id,
      items.map(({ iid }) => iid),
    );
    return page({
      addresses: this.addresses,
      title: 'Experiments',
      project: project.path,
      section: 'experiments',
      signedIn: signedIn(request),
      body: experimentsPage({
        addresses: this.addresses,
        project: { id: project.id, path: project.path },
        experiments: items,
        activity,
        first: pageToken === undefined,
        nextPageToken,
      }),
    });
  }
}
