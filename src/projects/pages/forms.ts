import { invalid } from '../../common';
import type { Role } from '../../forge';
import type { SettingsPatch } from '../project';
import type { NewProjectToken } from '../project-tokens.service';

type Form = ReadonlyMap<string, string>;

const dayMs = 24 * 60 * 60 * 1000;

/** Reads the form of the settings: everything is set, an unticked box is sent as nothing at all. */
export function readSettings(form: Form): SettingsPatch {
  const name = (form.get('metric') ?? '').trim();
  const direction = form.get('direction') === 'minimize' ? 'minimize' : 'maximize';
  return {
    primaryMetric: name === '' ? null : { name, direction },
    comment: form.get('comment') === 'yes',
    statusContext: form.get('status_context'),
  };
}

function readRole(text: string | undefined): Role {
  if (text === 'read' || text === 'write' || text === 'maintain') return text;
  throw invalid('role must be read, write or maintain', 'role');
}

/** Reads the form of a new token. */
export function readNewToken(form: Form): NewProjectToken {
  const days = form.get('days') ?? '';
  if (!/^\d{0,4}$/.test(days)) throw invalid('days must be a whole number', 'days');
  return {
    name: form.get('name') ?? '',
    role: readRole(form.get('role')),
    expiresAt: days === '' ? undefined : new Date(Date.now() + Number(days) * dayMs),
  };
}
