import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * `__Host-`: browsers take it only with Secure, for this host alone and its whole path, so that no other host
 * and no plain connection can plant one (fixation).
 */
export const SESSION_COOKIE = '__Host-fiscal-session';

const FOR_THE_HOST = { httpOnly: true, secure: true, path: '/' } as const;

/** A cookie of a request; undefined where it is given twice, for then it is not known whose it is. */
export function cookieOf({ headers, server }: FastifyRequest, name: string): string | undefined {
  const header = headers.cookie ?? '';
  const times = header.split(';').filter((pair) => pair.trim().startsWith(`${name}=`)).length;
  return times === 1 ? server.parseCookie(header)[name] : undefined;
}

export function setCookie(
  reply: FastifyReply,
  name: string,
  value: string,
  options: { readonly sameSite: 'strict' | 'lax'; readonly maxAgeSeconds?: number },
): void {
  const { sameSite, maxAgeSeconds: maxAge } = options;
  const text = reply.server.serializeCookie(name, value, {
    ...FOR_THE_HOST,
    sameSite,
    ...(maxAge !== undefined && { maxAge }),
  });
  void reply.header('set-cookie', text);
}

export const dropCookie = (
  reply: FastifyReply,
  name: string,
  sameSite: 'strict' | 'lax' = 'strict',
): void => setCookie(reply, name, '', { sameSite, maxAgeSeconds: 0 });
