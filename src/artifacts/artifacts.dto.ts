import { IsOptional, IsString } from 'class-validator';

/** Which folder of a candidate is listed. */
export class FolderDto {
  /** Relative to the candidate's root, which it is when absent. */
  @IsOptional()
  @IsString()
  readonly path?: string;
}
