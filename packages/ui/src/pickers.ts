/** Fields that one searches a list with. Loaded when one is shown: they are heavy, and share most of it. */
export { ComboField } from './combo-field.tsx';
export { PhoneField } from './phone-field.tsx';
