import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, type Account } from '#accounts';
import { Policy } from '../access/policy.js';
import { Asking, type Principal } from '../access/principal.js';
import * as dto from '../dto/accounts.js';
import { DescribesAddress, DescribesProblems } from '../http/describes.js';
import { Issuers } from '../session/issuers.js';

const [OK, NO_CONTENT] = [200, 204];

/** Who has an account and what they may do; every change is an event of the log. */
@ApiTags('accounts')
@Controller('accounts')
@Policy('administer-accounts')
export class AccountsController {
  constructor(
    private readonly access: Access,
    private readonly issuers: Issuers,
  ) {}

  @Get()
  @ApiOkResponse({ type: dto.AccountsDto })
  @DescribesProblems(401, 403)
  async all(): Promise<dto.AccountsDto> {
    const list = await this.access.accounts.current();
    return { accounts: list.all.map((account) => this.#answer(account)) };
  }

  @Post()
  @ApiCreatedResponse({ type: dto.OpenedAccountDto })
  @DescribesProblems(400, 401, 403, 409, 422)
  async open(
    @Body() { password, ...given }: dto.NewAccountDto,
    @Asking() asking: Principal,
  ): Promise<dto.OpenedAccountDto> {
    const opened = await this.access.open(given, password, this.access.by(asking.person));
    return { ...opened, account: opened.account.id };
  }

  @Put(':account/grants')
  @DescribesAddress('account')
  @ApiOkResponse({ type: dto.AccountDto })
  @DescribesProblems(400, 401, 403, 404, 409, 422)
  async grant(
    @Param('account') id: string,
    @Body() { grants }: dto.GrantsDto,
    @Asking() asking: Principal,
  ): Promise<dto.AccountDto> {
    const by = this.access.by(asking.person);
    return this.#answer(await this.access.accounts.grant(id, grants, by));
  }

  @Post(':account/disabling')
  @HttpCode(OK)
  @DescribesAddress('account')
  @ApiOkResponse({ type: dto.AccountDto })
  @DescribesProblems(401, 403, 404, 409)
  async disable(@Param('account') id: string, @Asking() asking: Principal) {
    return this.#answer(await this.access.disable(id, this.access.by(asking.person)));
  }

  @Post(':account/enabling')
  @HttpCode(OK)
  @DescribesAddress('account')
  @ApiOkResponse({ type: dto.AccountDto })
  @DescribesProblems(401, 403, 404, 409)
  async enable(@Param('account') id: string, @Asking() asking: Principal) {
    return this.#answer(await this.access.accounts.enable(id, this.access.by(asking.person)));
  }

  @Post(':account/password-resets')
  @DescribesAddress('account')
  @ApiCreatedResponse({ type: dto.OneTimePasswordDto })
  @DescribesProblems(401, 403, 404)
  async resetPassword(
    @Param('account') id: string,
    @Asking() asking: Principal,
  ): Promise<dto.OneTimePasswordDto> {
    const by = this.access.by(asking.person);
    return { oneTimePassword: await this.access.resetPassword(id, by) };
  }

  @Post(':account/identities')
  @DescribesAddress('account')
  @ApiCreatedResponse({ type: dto.AccountDto })
  @DescribesProblems(401, 403, 404, 409, 422)
  async bind(
    @Param('account') id: string,
    @Body() { subject }: dto.NewIdentityDto,
    @Asking() asking: Principal,
  ): Promise<dto.AccountDto> {
    const { issuer, subjectHash } = this.issuers.identityOf(subject);
    const by = this.access.by(asking.person);
    return this.#answer(await this.access.accounts.bindIdentity(id, issuer, subjectHash, by));
  }

  @Delete(':account/identities/:identity')
  @HttpCode(NO_CONTENT)
  @DescribesAddress('account', 'identity')
  @ApiNoContentResponse({ description: 'released; nobody logs in by it any more' })
  @DescribesProblems(401, 403, 404)
  async release(
    @Param() { account, identity }: { account: string; identity: string },
    @Asking() asking: Principal,
  ): Promise<void> {
    await this.access.accounts.releaseIdentity(account, identity, this.access.by(asking.person));
  }

  @Get(':account/tokens')
  @DescribesAddress('account')
  @ApiOkResponse({ type: dto.TokensDto })
  @DescribesProblems(401, 403, 404)
  async tokens(@Param('account') id: string): Promise<dto.TokensDto> {
    await this.access.accounts.current();
    return { tokens: this.#answer(this.access.accounts.mustHave(id)).tokens };
  }

  @Post(':account/tokens')
  @DescribesAddress('account')
  @ApiCreatedResponse({ type: dto.IssuedTokenDto })
  @DescribesProblems(400, 401, 403, 404, 422)
  issue(
    @Param('account') id: string,
    @Body() given: dto.NewTokenDto,
    @Asking() asking: Principal,
  ): Promise<dto.IssuedTokenDto> {
    return this.access.issueToken(id, given, this.access.by(asking.person));
  }

  @Delete(':account/tokens/:token')
  @HttpCode(NO_CONTENT)
  @DescribesAddress('account', 'token')
  @ApiNoContentResponse({ description: 'revoked; it ends with the next request' })
  @DescribesProblems(401, 403, 404)
  async revoke(
    @Param() { account, token }: { account: string; token: string },
    @Asking() asking: Principal,
  ): Promise<void> {
    await this.access.revokeToken(account, token, this.access.by(asking.person));
  }

  #answer(account: Account): dto.AccountDto {
    const { id, login, person, grants, disabled, tokens, identities } = account;
    const name = this.access.accounts.nameOf(account);
    const plain = <T extends { readonly units: readonly string[] | '*' }>(grant: T) => ({
      ...grant,
      units: grant.units === '*' ? grant.units : [...grant.units],
    });
    return {
      account: id,
      login,
      person,
      name,
      grants: grants.map(plain),
      disabled,
      tokens: tokens.map(plain),
      identities: [...identities],
    };
  }
}
