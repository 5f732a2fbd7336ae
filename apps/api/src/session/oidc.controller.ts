import { Controller, Get, HttpStatus, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LedgerRefusal } from '#domain';
import { Access } from '#accounts';
import { cookieOf, dropCookie, SESSION_COOKIE, setCookie } from '../access/cookie.js';
import { Gate } from '../access/gate.js';
import { Policy } from '../access/policy.js';
import { IssuersDto } from '../dto/session.js';
import { DescribesAddress, DescribesProblems } from '../http/describes.js';
import { textOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { Issuers } from './issuers.js';

/** Kept while the browser is at the issuer, which sends it back from another site: Lax, for Strict would not come. */
const PENDING_COOKIE = '__Host-fiscal-login';
const PENDING_SECONDS = 600;

/** Logging in at an issuer of OpenID Connect. */
@ApiTags('session')
@Controller('session/oidc')
@Policy('public')
export class OidcController {
  constructor(
    private readonly access: Access,
    private readonly issuers: Issuers,
    private readonly gate: Gate,
  ) {}

  @Get()
  @ApiOkResponse({ type: IssuersDto, description: 'where one may log in' })
  all(): IssuersDto {
    return { issuers: this.issuers.list };
  }

  @Get(':issuer/login')
  @TakesQuery('returnTo')
  @DescribesAddress('issuer')
  @ApiResponse({ status: 302, description: 'to the issuer' })
  @DescribesProblems(401, 404)
  async begin(
    @Param('issuer') issuer: string,
    @Query() query: QueryText,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const returnTo = ownPath(textOf(query, 'returnTo'));
    const { location, secret } = await this.issuers.begin(issuer, ownUrl(request), returnTo);
    setCookie(reply, PENDING_COOKIE, secret, { sameSite: 'lax', maxAgeSeconds: PENDING_SECONDS });
    await reply.redirect(location, HttpStatus.FOUND);
  }

  @Get(':issuer/callback')
  @DescribesAddress('issuer')
  @ApiResponse({ status: 302, description: 'logged in, or to /login?error=login-failed' })
  @DescribesProblems(404)
  async finish(
    @Param('issuer') issuer: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const secret = cookieOf(request, PENDING_COOKIE);
    dropCookie(reply, PENDING_COOKIE, 'lax');
    const query = request.url.split('?')[1] ?? '';
    try {
      const back = await this.issuers.finish(issuer, ownUrl(request), query, secret);
      const before = cookieOf(request, SESSION_COOKIE);
      const begun = await this.access.sessions.begin(back.account, before);
      setCookie(reply, SESSION_COOKIE, begun.secret, { sameSite: 'strict' });
      await reply.redirect(back.returnTo, HttpStatus.FOUND);
    } catch (error) {
      if (!(error instanceof LedgerRefusal) || error.error.code !== 'login-failed') throw error;
      await this.gate.log(request, undefined, 'denied', error.error.code);
      await reply.redirect('/login?error=login-failed', HttpStatus.FOUND);
    }
  }
}

const ownUrl = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;

/** A path of this server: `//host` and `/\host` would lead elsewhere. */
function ownPath(path = '/'): string {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path) ? path : '/';
}
