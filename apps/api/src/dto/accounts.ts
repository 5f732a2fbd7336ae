import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsDefined, IsIn, IsString, ValidateIf } from 'class-validator';
import { ROLES } from '#domain';
import { ListOf, Text } from './fields.js';
import { GrantDto } from './session.js';

const MOST_UNITS = 1000;

/** A duty as it is granted; what its units are is judged by the accounts. */
export class GrantBodyDto extends GrantDto {
  @IsIn(Object.keys(ROLES)) override role: keyof typeof ROLES;

  @IsDefined()
  @ValidateIf(({ units }: GrantDto) => units !== '*')
  @IsArray()
  @ArrayMaxSize(MOST_UNITS)
  @IsString({ each: true })
  override units: string[] | '*';
}

export class NewAccountDto {
  @Text('zhang.min') login: string;
  @Text('张敏') name: string;
  @Text('zhang.min', false) person?: string;
  @Text('a long password', false) password?: string;
}

export class GrantsDto {
  @ListOf(() => GrantBodyDto) grants: GrantBodyDto[];
}

export class NewIdentityDto {
  @Text('what the issuer calls the person (sub)') subject: string;
}

export class NewTokenDto extends GrantBodyDto {
  @Text('nightly export') name: string;
  @Text('2027-12-31T16:00:00.000Z') expiresAt: string;
}

export class TokenDto extends GrantDto {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
  @ApiProperty({ format: 'date-time' }) expiresAt: string;
}

export class IdentityDto {
  @ApiProperty() issuer: string;
  @ApiProperty({ description: 'SHA-256 (hex) of the subject' }) subjectHash: string;
}

export class AccountDto {
  @ApiProperty() account: string;
  @ApiProperty() login: string;
  @ApiProperty() person: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: [GrantDto] }) grants: GrantDto[];
  @ApiProperty() disabled: boolean;
  @ApiProperty({ type: [TokenDto] }) tokens: TokenDto[];
  @ApiProperty({ type: [IdentityDto] }) identities: IdentityDto[];
}

export class AccountsDto {
  @ApiProperty({ type: [AccountDto] }) accounts: AccountDto[];
}

export class OpenedAccountDto {
  @ApiProperty({ description: 'its id' }) account: string;
  @ApiPropertyOptional({ description: 'shown this once, good for 72 hours' })
  oneTimePassword?: string;
}

export class OneTimePasswordDto {
  @ApiProperty({ description: 'shown this once, good for 72 hours' }) oneTimePassword: string;
}

export class TokensDto {
  @ApiProperty({ type: [TokenDto] }) tokens: TokenDto[];
}

export class IssuedTokenDto {
  @ApiProperty() id: string;
  @ApiProperty({ description: 'shown this once' }) token: string;
}

export class AccessLogEntryDto {
  @ApiProperty() index: number;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ type: String, nullable: true }) account: string | null;
  @ApiProperty({ type: String, nullable: true }) person: string | null;
  @ApiProperty({ description: 'the roles of the account, with ", " between' }) role: string;
  @ApiProperty() method: string;
  @ApiProperty() route: string;
  @ApiProperty() target: string;
  @ApiProperty({ enum: ['allowed', 'denied'] }) outcome: string;
  @ApiProperty() reason: string;
  @ApiProperty() remote: string;
  @ApiPropertyOptional({ description: 'denials of strangers at this address left out before it' })
  leftOut?: number;
}

export class AccessLogDto {
  @ApiProperty({ type: [AccessLogEntryDto] }) entries: AccessLogEntryDto[];
  @ApiProperty() logSize: number;
  @ApiPropertyOptional({ description: 'from where to go on' }) next?: number;
}
