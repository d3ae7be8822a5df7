import { Injectable } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import type { ProjectId } from '../common';

/** Tells this process, not the others, of candidates whose merge requests need a new report. */
@Injectable()
export class CandidateChanges {
  private readonly pending = new Subject<ProjectId>();

  /** Fires after the commit of a write that set `report_pending`. */
  readonly pendingReports: Observable<ProjectId> = this.pending.asObservable();

  announce(project: ProjectId): void {
    this.pending.next(project);
  }
}
