/** What somebody may do in a project of the studio. */
export type StudioRole = 'viewer' | 'editor' | 'owner';

/** A project as this host keeps it. */
export interface StudioProject {
  readonly id: number;
  readonly team: string;
  readonly name: string;
  readonly isPublic: boolean;
  readonly members: Readonly<Record<string, StudioRole>>;
}

/** A proposed change; what other hosts call a merge request or a pull request. */
export interface Review {
  readonly number: number;
  readonly project: number;
  readonly title: string;
  readonly author: string;
  readonly branch: string;
  readonly commit: string;
  readonly notes: Map<string, string>;
  readonly checks: Map<string, { readonly state: string; readonly text: string; readonly link: string }>;
}

/** The host's own data: users by their keys, projects with members, reviews. A real host has tables here. */
export class Studio {
  private readonly userOfKey = new Map([
    ['key-of-olga', 'olga'],
    ['key-of-edgar', 'edgar'],
    ['key-of-vera', 'vera'],
    ['key-of-stranger', 'stranger'],
  ]);
  private readonly projects: readonly StudioProject[] = [
    {
      id: 7,
      team: 'vision',
      name: 'penguins',
      isPublic: false,
      members: { olga: 'owner', edgar: 'editor', vera: 'viewer' },
    },
  ];
  private readonly reviews: readonly Review[] = [
    {
      number: 1,
      project: 7,
      title: 'A wider network',
      author: 'edgar',
      branch: 'wider',
      commit: 'c0ffee0000000000000000000000000000000001',
      notes: new Map(),
      checks: new Map(),
    },
  ];

  /** The user whose key it is. */
  user(key: string): string | undefined {
    return this.userOfKey.get(key);
  }

  project(wanted: { readonly id: number } | { readonly path: string }): StudioProject | undefined {
    return this.projects.find((project) =>
      'id' in wanted ? project.id === wanted.id : `${project.team}/${project.name}` === wanted.path,
    );
  }

  projectsOf(user: string): StudioProject[] {
    return this.projects.filter(({ members, isPublic }) => isPublic || members[user] !== undefined);
  }

  reviewsOf(project: number): Review[] {
    return this.reviews.filter((review) => review.project === project);
  }

  review(project: number, number: number): Review | undefined {
    return this.reviewsOf(project).find((review) => review.number === number);
  }
}
