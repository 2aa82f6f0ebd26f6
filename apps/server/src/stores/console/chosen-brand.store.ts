import type { ChosenBrand, ChosenBrands } from '../../branding/chosen-brand.ts';

/** The one row of what administrators chose. */
export const chosenBrandStore: ChosenBrands = {
  async find(tx) {
    const row = await tx.selectFrom('installation_brand').select('body').executeTakeFirst();
    return row && (row.body as ChosenBrand);
  },

  async set(tx, brand, by, at) {
    const row = { body: JSON.stringify(brand), set_by: by, set_at: at };
    await tx
      .insertInto('installation_brand')
      .values({ only_row: true, ...row })
      .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
      .execute();
  },

  async clear(tx) {
    await tx.deleteFrom('installation_brand').execute();
  },
};
