import { type AttributeName, isAttribute } from '@sigillo/identity';
import { z } from 'zod';

/** What may be written for an attribute; spaces in excess are forgiven. */
const attribute = (name: AttributeName, maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .transform((text) => text.trim().replace(/\s+/g, ' '))
    .pipe(
      z
        .string()
        .min(1)
        .refine((text) => isAttribute(name, text)),
    );

/** Together they fit into the one line that they also are. */
export const ResidenceBody = z
  .strictObject({
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .describe('ISO 3166-1 alpha-2'),
    street: attribute('domicileStreetAddress', 120).describe('Street and number'),
    postalCode: z
      .string()
      .max(12)
      .transform((text) => text.trim().toUpperCase())
      .pipe(z.string().refine((text) => isAttribute('domicilePostalCode', text))),
    municipality: attribute('domicileMunicipality', 80),
    province: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .describe('The letters of an Italian province; null outside Italy'),
  })
  .refine(({ country, province }) => (country === 'IT') === (province !== null), { path: ['province'] })
  .refine(({ country, postalCode }) => country !== 'IT' || /^\d{5}$/.test(postalCode), {
    path: ['postalCode'],
  });

const ResidenceView = z
  .object({
    country: z.string(),
    street: z.string(),
    postalCode: z.string(),
    municipality: z.string(),
    province: z.string().nullable(),
  })
  .meta({ id: 'Residence' });

export const ResidenceAnswer = z.object({
  residence: ResidenceView.nullable().describe('Null where nothing is known'),
});

export const PlacesAnswer = z.object({
  countries: z.array(z.string()).describe('ISO 3166-1 alpha-2'),
  provinces: z.array(
    z.object({
      code: z.string().describe('As on number plates: `RM`'),
      name: z.string(),
      municipalities: z.array(z.string()),
    }),
  ),
});
