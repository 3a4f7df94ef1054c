export const MANAGEMENT_KEYS_URL = "https://openrouter.ai/settings/management-keys";
