import { z } from 'zod';

const password = z.string().min(1).max(4096);

export const RenewPassword = z.strictObject({ current: password, next: password });
