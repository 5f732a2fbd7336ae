import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LedgerRefusal } from '#domain';
import { Access, TooManyAttempts } from '#accounts';
import { cookieOf, dropCookie, SESSION_COOKIE, setCookie } from '../access/cookie.js';
import { Gate } from '../access/gate.js';
import { Policy } from '../access/policy.js';
import { LoginDto, PasswordDto, SessionDto, SetupDto } from '../dto/session.js';
import { DescribesProblems } from '../http/describes.js';
import { sessionAnswer } from './session-answer.js';
import { ACCESS } from '../access/sentences.js';

const NO_CONTENT = 204;

/** Logging in and out, the own password, and the first account. */
@ApiTags('session')
@Controller()
export class SessionController {
  constructor(
    private readonly access: Access,
    private readonly gate: Gate,
  ) {}

  @Get('session')
  @Policy('public')
  @ApiOkResponse({ type: SessionDto, description: 'who is logged in' })
  @DescribesProblems(401)
  async whoAmI(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    void reply.header('cache-control', 'no-store');
    if (await this.access.isOpen()) return { open: true, setup: await this.access.hasSetupLink() };
    const who = await this.gate.authenticate(request);
    if (!who) throw LedgerRefusal.of('not-authenticated', ACCESS.nobody());
    return sessionAnswer(this.access, who);
  }

  @Post('session')
  @Policy('public')
  @ApiCreatedResponse({ type: SessionDto, description: 'logged in; the cookie is the session' })
  @DescribesProblems(400, 401, 403, 429)
  async login(
    @Body() { login, password }: LoginDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const before = cookieOf(request, SESSION_COOKIE);
    try {
      const begun = await this.access.sessions.login(login, password, request.ip, before);
      setCookie(reply, SESSION_COOKIE, begun.secret, { sameSite: 'strict' });
      return sessionAnswer(this.access, begun);
    } catch (error) {
      await this.#notLoggedIn(error, login, request, reply);
      throw error;
    }
  }

  @Delete('session')
  @HttpCode(NO_CONTENT)
  @Policy('session')
  @ApiNoContentResponse({ description: 'logged out' })
  @DescribesProblems(401, 403)
  async logout(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const secret = cookieOf(request, SESSION_COOKIE);
    if (secret !== undefined) await this.access.sessions.end(secret);
    dropCookie(reply, SESSION_COOKIE);
  }

  @Post('session/password')
  @HttpCode(NO_CONTENT)
  @Policy('session')
  @ApiNoContentResponse({ description: 'set; every other session of the account has ended' })
  @DescribesProblems(400, 401, 403, 422, 429)
  async changePassword(
    @Body() { current, password }: PasswordDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const who = await this.gate.authenticate(request);
    if (!who?.session) throw LedgerRefusal.of('not-authenticated', ACCESS.logInFirst());
    const change = { current, password, session: who.session.key, remote: request.ip };
    try {
      await this.access.changePassword(who.account, change);
    } catch (error) {
      await this.#notLoggedIn(error, who.account.login, request, reply);
      throw error;
    }
  }

  @Post('setup')
  @Policy('public')
  @ApiCreatedResponse({ type: SessionDto, description: 'the first account is made and logged in' })
  @DescribesProblems(400, 403, 409, 422)
  async setUp(
    @Body() { token, password, ...given }: SetupDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const account = await this.access.setUp(token, given, password);
    const begun = await this.access.sessions.begin(account, cookieOf(request, SESSION_COOKIE));
    setCookie(reply, SESSION_COOKIE, begun.secret, { sameSite: 'strict' });
    return sessionAnswer(this.access, begun);
  }

  /** A failed login is a denial: of the account where there is one by that login. */
  async #notLoggedIn(
    error: unknown,
    login: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (!(error instanceof LedgerRefusal)) return;
    if (error instanceof TooManyAttempts)
      void reply.header('Retry-After', String(error.retryAfterSeconds));
    const account = this.access.accounts.list.byLogin(login);
    const who = account && { account, grants: account.grants };
    await this.gate.log(request, who, 'denied', error.error.code);
  }
}
