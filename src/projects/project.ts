import type { ProjectId } from '../common';
import type { ForgeProject } from '../forge';

/** The metric by which a project's candidates are compared. */
export interface PrimaryMetric {
  readonly name: string;
  readonly direction: 'maximize' | 'minimize';
}

/** What a maintainer may choose. */
export interface ProjectSettings {
  readonly primaryMetric?: PrimaryMetric;
  /** Whether merge requests get a comment. */
  readonly comment: boolean;
  /** The name of the commit status on merge requests. */
  readonly statusContext: string;
}

/** What holds until a maintainer chooses. */
export const defaultSettings: ProjectSettings = { comment: true, statusContext: 'experiments' };

/** A change of the settings: what is left out stays, null takes the primary metric away. */
export interface SettingsPatch {
  readonly primaryMetric?: PrimaryMetric | null | undefined;
  readonly comment?: boolean | undefined;
  readonly statusContext?: string | undefined;
}

/** A project on which Assay is, or was, enabled. */
export interface Project {
  readonly id: ProjectId;
  /** As the forge last said it, like the three after it. */
  readonly path: string;
  readonly defaultBranch: string;
  readonly visibility: ForgeProject['visibility'];
  readonly archived: boolean;
  readonly enabled: boolean;
  readonly settings: ProjectSettings;
  /** The forge's id of our webhook; absent when it could not be registered. */
  readonly webhookId?: string;
  readonly enabledBy: string;
  readonly enabledAt: Date;
}
