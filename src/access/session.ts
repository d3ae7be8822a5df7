import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Addresses } from '../common';
import { accessDefaults, AccessOptions } from './access-options';
import { sessionCookie } from './credential';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

interface Sealed {
  readonly secret: string;
  readonly expires: number;
}

/**
 * The session of our pages: the token itself, sealed in a cookie that scripts cannot read, so that the server keeps nothing and
 * the forge is asked with the person's own rights.
 */
@Injectable()
export class Sessions {
  private readonly key: Buffer;
  private readonly ttl: number;
  private readonly now: () => number;
  private readonly attributes: string;

  constructor(@Inject(AccessOptions) options: AccessOptions, addresses: Addresses) {
    if (options.sessionSecret.length < 32) throw new Error('sessionSecret must have at least 32 characters');
    this.key = Buffer.from(hkdfSync('sha256', options.sessionSecret, '', 'assay session', 32));
    this.ttl = options.sessionTtl ?? accessDefaults.sessionTtl;
    this.now = options.now ?? accessDefaults.now;
    this.attributes = `Path=/; HttpOnly; SameSite=Lax${addresses.publicUrl.startsWith('https:') ? '; Secure' : ''}`;
  }

  /** The Set-Cookie header that signs in. */
  open(secret: string): string {
    const value = this.seal({ secret, expires: this.now() + this.ttl });
    return `${sessionCookie}=${value}; Max-Age=${String(Math.floor(this.ttl / 1000))}; ${this.attributes}`;
  }

  /** The Set-Cookie header that signs out. */
  close(): string {
    return `${sessionCookie}=; Max-Age=0; ${this.attributes}`;
  }

  /** The token of a cookie's value; undefined when it is not ours, was changed, or expired. */
  read(value: string): string | undefined {
    const sealed = this.unseal(value);
    return sealed !== undefined && sealed.expires > this.now() ? sealed.secret : undefined;
  }

  private seal(content: Sealed): string {
    const iv = randomBytes(ivBytes);
    const seal = createCipheriv(cipher, this.key, iv);
    const text = Buffer.concat([seal.update(JSON.stringify(content), 'utf8'), seal.final()]);
    return Buffer.concat([iv, seal.getAuthTag(), text]).toString('base64url');
  }

  private unseal(value: string): Sealed | undefined {
    const bytes = Buffer.from(value, 'base64url');
    if (bytes.length <= ivBytes + tagBytes) return undefined;
    const text = bytes.subarray(ivBytes + tagBytes);
    const opener = createDecipheriv(cipher, this.key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
    opener.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    try {
      return JSON.parse(Buffer.concat([opener.update(text), opener.final()]).toString('utf8')) as Sealed;
    } catch {
      return undefined;
    }
  }
}
