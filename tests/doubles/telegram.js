// Starts telegram-test-api, which has no command line: `node telegram.js PORT`.
// Added to it: getWebhookInfo and leaveChat, which it lacks, dates in seconds where it has
// milliseconds, and a true result where it answers null.
const port = Number(process.argv[2]);
const TelegramServer = require('telegram-test-api');

const server = new TelegramServer({ port, host: '127.0.0.1' });
const addBotMessage = server.addBotMessage.bind(server);
server.addBotMessage = (raw, token) => {
  const message = addBotMessage(raw, token);
  return { ...message, date: Math.floor(message.date / 1000) };
};

const waiting = (token) =>
  server.storage.userMessages.filter((update) => update.botToken === token && !update.isRead);
const answers = {
  getWebhookInfo: (token) => ({
    url: (server.webhooks[token] || {}).url || '',
    has_custom_certificate: false,
    pending_update_count: waiting(token).length,
  }),
  leaveChat: () => true,
};
const routes = server.webServer._router.stack;
const before = routes.findIndex((layer) => layer.route);
for (const [method, answer] of Object.entries(answers)) {
  server.webServer.all(`/bot:token/${method}`, (req, res) => {
    res.json({ ok: true, result: answer(req.params.token) });
  });
  routes.splice(before, 0, routes.pop());
}
for (const method of ['setWebhook', 'deleteWebhook', 'answerCallbackQuery']) {
  server.webServer.all(`/bot:token/${method}`, (req, res, next) => {
    const json = res.json.bind(res);
    const send = res.send.bind(res);
    const mend = (body) => (body && body.result === null ? { ...body, result: true } : body);
    res.json = (body) => json(mend(body));
    res.send = (body) => send(typeof body === 'string' ? body : mend(body));
    next();
  });
  routes.splice(before, 0, routes.pop());
}

server.start().then(() => console.log(`http://127.0.0.1:${port}`));
