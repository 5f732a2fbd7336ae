import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LANGUAGES, type Language } from '#domain';

/** How the language of an answer is named in its header. */
const TAGS: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

/**
 * The language that a request wants most (RFC 9110, 12.5.4): of Accept-Language the first of the greatest weight that
 * is Chinese or English, in any of their kinds; English where none is.
 */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
      const weight = parameters.find((p) => /^q=/i.test(p))?.slice(2);
      return { primary: tag.split('-')[0]!.toLowerCase(), weight: Number(weight ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return (
    wanted
      .map(({ primary }) => LANGUAGES.find((language) => language === primary))
      .find((language) => language !== undefined) ?? 'en'
  );
}

/** Marks an answer as being in a language, and as depending on what was asked for. */
export function answerIn(reply: FastifyReply): Language {
  const language = languageOf(reply.request.headers['accept-language']);
  void reply.header('content-language', TAGS[language]).header('vary', 'Accept-Language');
  return language;
}

/** The language in which an answer says its sentences, as a parameter of a route; the answer's headers say it too. */
export const Speaking = createParamDecorator((_: unknown, context: ExecutionContext): Language =>
  answerIn(context.switchToHttp().getResponse<FastifyReply>()),
);
