import { ListAnswer, TextAnswer, TextField, WholeAnswer } from '../common';

/** Which folder of a candidate is listed. */
export class FolderDto {
  @TextField({ optional: true, description: "Relative to the candidate's root, which it is when there is none." })
  readonly path?: string;
}

/** A file or a folder. */
class ArtifactAnswer {
  @TextAnswer('What it is.', { enum: ['file', 'folder'] })
  kind!: 'file' | 'folder';

  @TextAnswer('The last segment of the path.')
  name!: string;

  @TextAnswer("Below the candidate's root.")
  path!: string;

  @WholeAnswer('In bytes; of files alone.', { optional: true })
  size?: number;
}

/** One level of a candidate's artifacts. */
export class ArtifactsAnswer {
  @ListAnswer(() => ArtifactAnswer, 'By name; empty for what is not there.')
  artifacts!: ArtifactAnswer[];
}
