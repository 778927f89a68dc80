// Signing in anew, in another tab too, changes the token that every form must show: forms that
// were open before take the new one from the cookie.

function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
}

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!token()) return;
  detail.headers["x-csrftoken"] = token();
  if (detail.formData.has("csrfmiddlewaretoken")) detail.formData.set("csrfmiddlewaretoken", token());
});
document.addEventListener(
  "submit",
  ({ target }) => {
    const field = target.querySelector('[name="csrfmiddlewaretoken"]');
    if (field && token()) field.value = token();
  },
  true,
);
