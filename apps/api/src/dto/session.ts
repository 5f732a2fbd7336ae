import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ROLES } from '#domain';
import { Text } from './fields.js';

/** A duty with its units. */
export class GrantDto {
  @ApiProperty({ enum: Object.keys(ROLES) }) role: string;
  @ApiProperty({
    oneOf: [
      { type: 'string', enum: ['*'] },
      { type: 'array', items: { type: 'string' } },
    ],
    example: ['430203-208001'],
  })
  units: string[] | '*';
}

/** Who is logged in; where there are no accounts yet only `open` and `setup`. */
export class SessionDto {
  @ApiPropertyOptional({ description: 'true where there are no accounts yet' }) open?: boolean;
  @ApiPropertyOptional({ description: 'true where a setup link was printed' }) setup?: boolean;
  @ApiPropertyOptional() account?: string;
  @ApiPropertyOptional() login?: string;
  @ApiPropertyOptional() person?: string;
  @ApiPropertyOptional() name?: string;
  @ApiPropertyOptional({ type: [GrantDto] }) roles?: GrantDto[];
  @ApiPropertyOptional({ description: 'for the header X-CSRF-Token' }) csrf?: string;
  @ApiPropertyOptional({ description: 'the password was given out: set one of your own' })
  mustChangePassword?: boolean;
  @ApiPropertyOptional({ format: 'date-time' }) expiresAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) idleExpiresAt?: string;
}

export class LoginDto {
  @Text('zhang.min') login: string;
  @Text('a long password') password: string;
}

export class PasswordDto {
  @Text('the password until now') current: string;
  @Text('a long password') password: string;
}

export class SetupDto {
  @Text('what follows # in the setup link') token: string;
  @Text('admin') login: string;
  @Text('李华') name: string;
  @Text('li.hua', false) person?: string;
  @Text('a long password') password: string;
}

export class IssuerDto {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
}

export class IssuersDto {
  @ApiProperty({ type: [IssuerDto] }) issuers: IssuerDto[];
}
