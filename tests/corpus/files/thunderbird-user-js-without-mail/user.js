// How I like to read.
user_pref("mailnews.start_page.enabled", false);
user_pref("mail.pane_config.dynamic", 2);
user_pref("mailnews.default_sort_order", 2);
