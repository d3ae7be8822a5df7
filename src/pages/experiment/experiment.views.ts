import { Injectable } from '@nestjs/common';
import { signedIn, type Access } from '../../access';
import { CandidatesService, type CandidateDetails } from '../../candidates';
import {
  Addresses,
  asExperimentIid,
  AssayError,
  notFound,
  page,
  PageRefusal,
  parseIid,
  type Html,
  type HttpRequest,
  type Page,
} from '../../common';
import { ExperimentsService, type Experiment } from '../../experiments';
import { queryText } from '../query-text';
import type { CandidatesQuestion } from './experiment-content';
import { experimentPage } from './experiment.page';

const pageSize = 50;

/** Gathers what the page of an experiment shows. */
@Injectable()
export class ExperimentViews {
  constructor(
    private readonly experiments: ExperimentsService,
    private readonly candidates: CandidatesService,
    private readonly addresses: Addresses,
  ) {}

  async show(
    access: Access,
    iid: string,
    query: Readonly<Record<string, unknown>>,
    request: HttpRequest,
  ): Promise<Html> {
    const number = parseIid(iid);
    if (number === undefined) throw notFound('There is no such experiment in this project.');
    const experiment = await this.experiments.get(access.project.id, asExperimentIid(number));
    const question = {
      filter: queryText(query['filter'], 'filter'),
      orderBy: queryText(query['order_by'], 'order_by'),
      pageToken: queryText(query['page'], 'page'),
    };
    try {
      const found = await this.search(experiment, question);
      return this.render(access, experiment, question, found, request);
    } catch (error) {
      if (!(error instanceof AssayError) || error.kind !== 'invalid') throw error;
      const body = this.render(access, experiment, question, { items: [] }, request, error);
      throw new PageRefusal('invalid', error.message, body);
    }
  }

  private search(
    { project, iid }: Experiment,
    { filter, orderBy, pageToken }: CandidatesQuestion,
  ): Promise<Page<CandidateDetails>> {
    return this.candidates.search(project, {
      experiments: [iid],
      orderBy: [orderBy ?? 'attributes.start_time DESC'],
      view: 'active',
      limit: pageSize,
      ...(filter === undefined ? {} : { filter }),
      ...(pageToken === undefined ? {} : { pageToken }),
    });
  }

  private render(
    { project }: Access,
    experiment: Experiment,
    question: CandidatesQuestion,
    found: Page<CandidateDetails>,
    request: HttpRequest,
    error?: AssayError,
  ): Html {
    return page({
      addresses: this.addresses,
      title: experiment.name,
      project: project.path,
      section: 'experiments',
      signedIn: signedIn(request),
      body: experimentPage({ addresses: this.addresses, path: project.path, experiment, question, found, error }),
    });
  }
}
