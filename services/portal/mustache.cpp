/* SPDX-License-Identifier: EUPL-1.2 */
#include "mustache.h"

#include <deque>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

/* The library predates our warnings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include <kainjow/mustache.hpp>
#pragma GCC diagnostic pop

namespace km = kainjow::mustache;

struct mustache {
	std::map<std::string, std::string> templates;
};

namespace
{

km::data convert(const json_t *json)
{
	switch (json_typeof(json)) {
	case JSON_OBJECT: {
		km::data out{ km::data::type::object };
		const char *key;
		json_t *value;

		json_object_foreach(const_cast<json_t *>(json), key,
			value) if (!json_is_null(value)) out.set(key, convert(value));
		return out;
	}
	case JSON_ARRAY: {
		km::data out{ km::data::type::list };
		json_t *value;
		size_t i;

		json_array_foreach(const_cast<json_t *>(json), i, value)
			out.push_back(convert(value));
		return out;
	}
	case JSON_STRING:
		if (json_string_length(json) == 0)
			return km::data{ km::data::type::bool_false };
		return km::data{ std::string(json_string_value(json), json_string_length(json)) };
	case JSON_INTEGER:
		return km::data{ std::to_string(json_integer_value(json)) };
	case JSON_REAL: {
		std::ostringstream s;

		s << json_real_value(json);
		return km::data{ s.str() };
	}
	case JSON_TRUE:
		return km::data{ km::data::type::bool_true };
	default:
		return km::data{ km::data::type::bool_false };
	}
}

const km::data *walk(const km::data *from, const std::string &name)
{
	size_t start = 0;

	while (from && start <= name.size()) {
		const size_t dot = std::min(name.find('.', start), name.size());

		from = from->get(name.substr(start, dot - start));
		start = dot + 1;
	}
	return from;
}

class view_context : public km::basic_context<std::string>
{
      public:
	view_context(const struct mustache *m, const char *content, const struct mustache_view *v)
	    : mustache_{ m }, view_{ v }, root_{ convert(v->data) }
	{
		partials_["inhoud"] = m->templates.at(content);
		for (const char *const *f = v->filters; *f; f++)
			root_.set(*f, km::data{ filter(*f) });
		items_.push_back(&root_);
	}
	void push(const km::data *data) override
	{
		items_.push_back(data);
	}
	void pop() override
	{
		items_.pop_back();
	}

	const km::data *get(const std::string &name) const override
	{
		if (name == ".")
			return items_.back();
		if (name.compare(0, 2, "t.") == 0)
			return message(name.substr(2));
		for (auto it = items_.rbegin(); it != items_.rend(); ++it) {
			if (!(*it)->is_object())
				continue;
			const km::data *found = walk(*it, name);

			return found ? found : walk(&root_, name);
		}
		return nullptr;
	}

	const km::data *get_partial(const std::string &name) const override
	{
		const auto own = partials_.find(name);
		const auto file = mustache_->templates.find(name);

		if (own == partials_.end() && file == mustache_->templates.end())
			return nullptr;
		return keep(own != partials_.end() ? own->second : file->second);
	}

      private:
	km::lambda2 filter(const std::string &name) const
	{
		return [this, name](const std::string &text, const km::renderer &render) {
			const std::string inner = render(text, false);
			const char *out = view_->filter(view_->ctx, name.c_str(), inner.c_str());

			return std::string(out ? out : "");
		};
	}
	const km::data *message(const std::string &key) const
	{
		const char *text = view_->message(view_->ctx, key.c_str());

		return keep(text ? text : key);
	}
	/* What a look-up hands out must live as long as the rendering. */
	const km::data *keep(const std::string &text) const
	{
		kept_.emplace_back(text);
		return &kept_.back();
	}

	const struct mustache *mustache_;
	const struct mustache_view *view_;
	km::data root_;
	std::vector<const km::data *> items_;
	std::map<std::string, std::string> partials_;
	mutable std::deque<km::data> kept_;
};

} // namespace

struct mustache *mustache_load(const char *dir, const char *const *names, const char **error)
{
	static std::string message;
	auto *m = new struct mustache;

	for (; *names; names++) {
		std::ifstream file(std::string(dir) + "/" + *names + ".mustache");
		std::ostringstream text;

		text << file.rdbuf();
		const km::mustache parsed{ text.str() };

		if (!file.is_open() || !parsed.is_valid()) {
			message = std::string("template ") + *names + ": " +
				  (file.is_open() ? parsed.error_message() : "cannot be read");
			*error = message.c_str();
			delete m;
			return nullptr;
		}
		m->templates[*names] = text.str();
	}
	return m;
}

bool mustache_render(const struct mustache *m, const char *layout, const char *content,
	const struct mustache_view *view, struct buffer *out)
{
	const auto found = m->templates.find(layout);

	if (found == m->templates.end() || m->templates.count(content) == 0)
		return false;
	view_context context{ m, content, view };
	km::mustache page{ found->second };
	std::ostringstream text;

	page.render(context, text);
	const std::string html = text.str();

	buffer_add(out, html.data(), html.size());
	return page.is_valid();
}
