import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { LedgerRefusal } from '#domain';
import { Access } from '#accounts';
import { Policy } from '../access/policy.js';
import { Asking, WORKS_ON_BOOKS, type Principal } from '../access/principal.js';
import { Items } from '../dto/shown.js';
import { DescribesQuestion } from '../http/describes.js';
import type { QueryText } from '../http/question.js';
import { QUESTION } from '../http/sentences.js';
import { TakesQuery } from '../http/takes-query.js';

const MOST_PEOPLE = 50;

class PersonNameDto {
  @ApiProperty({ description: 'as in actor and approvedBy' }) person: string;
  @ApiProperty({ description: 'the name that is shown' }) name: string;
}

class PeopleDto {
  @Items(PersonNameDto) people: PersonNameDto[];
}

/**
 * What persons are called whose ids stand in events. One has to know the id to ask for the name, so that nothing is
 * listed; only names are told, and only of those who act or acted on books that one may read the events of.
 */
@ApiTags('accounts')
@Controller('people')
export class PeopleController {
  constructor(private readonly access: Access) {}

  @Get()
  @Policy('read-names', { personalData: true })
  @TakesQuery('person')
  @DescribesQuestion({
    description: `the names of up to ${MOST_PEOPLE} persons; of those in scope, in the order asked`,
    type: PeopleDto,
  })
  async named(
    @Query() query: QueryText,
    @Asking() asking: Principal | undefined,
  ): Promise<PeopleDto> {
    const asked = new Set([query['person'] ?? []].flat());
    if (asked.size > MOST_PEOPLE)
      throw LedgerRefusal.of('invalid-query', QUESTION.tooManyPeople({ most: MOST_PEOPLE }));
    const units = asking?.units(WORKS_ON_BOOKS) ?? [];
    const names = await this.access.accounts.namesOf(asked, units);
    return {
      people: [...asked].flatMap((person) => {
        const name = names.get(person);
        return name === undefined ? [] : [{ person, name }];
      }),
    };
  }
}
